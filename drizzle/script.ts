// What every script of this folder needs.
import { pathToFileURL } from "node:url";

/** Runs the work when this file is the program, not when it is imported. A failure is one sentence and exit code 1. */
export async function runAsScript(fileUrl: string, work: () => Promise<void>): Promise<void> {
  const program = process.argv[1];
  if (!program || pathToFileURL(program).href !== fileUrl) return;
  try {
    await work();
  } catch (error) {
    say(reasonOf(error));
    process.exitCode = 1;
  }
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The first cause that says something; drivers and umzug wrap theirs. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${reasonOf(error.cause)}` : error.message;
}
