// Once per run of the tests: the template is there before the first file needs it, the clones go after the last.
import "../../stack/test-env.mjs";
import { dropClones, ensureTemplate } from "./template";

export async function setup(): Promise<() => Promise<void>> {
  await dropClones();
  await ensureTemplate();
  return dropClones;
}
