import type { Touch } from "@/lib/core/operation";

/** What happens to that many things of one store, in words that follow the number. */
export function touchWords({ store, what, count }: Touch): string {
  const one = count === 1;
  if (what === "sessions") {
    const sessions = one ? "session" : "sessions";
    return store === "redis" ? `cached ${sessions} dropped` : `${sessions} ended`;
  }
  if (what === "ledger entries") return one ? "ledger entry written" : "ledger entries written";
  switch (store) {
    case "postgres":
      return `${what} ${one ? "row" : "rows"} updated`;
    case "mongodb":
      return `${what} ${one ? "document" : "documents"} updated`;
    case "redis":
      return one ? "group of cached reads dropped" : "groups of cached reads dropped";
    case "elasticsearch":
      return `${one ? "entry" : "entries"} of the index ${what} updated`;
  }
}
