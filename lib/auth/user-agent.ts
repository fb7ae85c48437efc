import "server-only";
import Bowser from "bowser";

const LONGEST = 512;

/** "Chrome 141 on macOS": what a person needs to recognise their session. Null when the header says nothing known. */
export function browserLabel(userAgent: string | null): string | null {
  if (!userAgent) {
    return null;
  }
  const { browser, os } = Bowser.parse(userAgent.slice(0, LONGEST));
  const name = [browser.name, browser.version?.split(".")[0]].filter(Boolean).join(" ");
  return [name, os.name].filter(Boolean).join(" on ").slice(0, 80) || null;
}
