// One way to run numbered migrations, whatever store they change: recorded, checksummed, up and down.
import { createHash } from "node:crypto";
import { Umzug } from "umzug";

/** One migration of one store. An applied one never changes: its checksum is compared at every run. */
export type Step = { name: string; checksum: string; up(): Promise<void>; down(): Promise<void> };

export type Applied = { name: string; checksum: string };

/** Where a store remembers its steps; the record lives in the store it speaks of, so a restored copy brings its own. */
export type Ledger = {
  applied(): Promise<readonly Applied[]>;
  add(step: Step): Promise<void>;
  remove(name: string): Promise<void>;
};

export function checksum(...texts: string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) {
    hash.update(text.replaceAll("\r\n", "\n")).update("\0");
  }
  return hash.digest("hex");
}

/** Applies what is missing; answers the names, oldest first. Throws when an applied step was edited or is unknown. */
export async function stepUp(store: string, steps: readonly Step[], ledger: Ledger): Promise<string[]> {
  const umzug = await checkedUmzug(store, steps, ledger);
  return (await umzug.up()).map((step) => step.name);
}

/** Takes back the last `count` steps; answers the names, newest first. */
export async function stepDown(
  store: string,
  steps: readonly Step[],
  ledger: Ledger,
  count: number,
): Promise<string[]> {
  const umzug = await checkedUmzug(store, steps, ledger);
  return (await umzug.down({ step: count })).map((step) => step.name);
}

async function checkedUmzug(store: string, steps: readonly Step[], ledger: Ledger) {
  const known = new Map(steps.map((step) => [step.name, step]));
  const names = new Set<string>();
  for (const applied of await ledger.applied()) {
    const step = known.get(applied.name);
    if (!step) {
      throw new Error(
        `${store}: migration ${applied.name} was applied but is not part of this version. Run the version that has it.`,
      );
    }
    if (step.checksum !== applied.checksum) {
      throw new Error(
        `${store}: migration ${applied.name} was edited after it was applied. Restore the file and add a new migration.`,
      );
    }
    names.add(applied.name);
  }
  return new Umzug({
    migrations: steps.map((step) => ({ name: step.name, up: () => step.up(), down: () => step.down() })),
    storage: {
      executed: async () => [...names],
      logMigration: async ({ name }) => {
        const step = known.get(name);
        if (step) await ledger.add(step);
      },
      unlogMigration: ({ name }) => ledger.remove(name),
    },
    logger: undefined,
  });
}
