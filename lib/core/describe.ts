// The preview of a command: what would change where, drawn from the run that was rolled back.
import "server-only";
import { type Difference, difference } from "./canonical";
import type { Job, Written } from "./job";
import type { Money } from "./money";
import { type Command, type Fields, type Preview, type Touch, inverseOf } from "./operation";
import { planEnd, signPlan } from "./plan";

const MOST_DIFFS = 50;

/** Stands for a reason that is typed after the preview; never shown. */
export const REASON_TO_COME = "(reason)";

type Tried = {
  changes: readonly Written[];
  touched: readonly Touch[];
  /** Why a second person is needed. */
  approval: string | null;
  /** When it was tried; its run takes place at that time too. */
  at: Date;
};

export function describe(job: Job, { changes, touched, approval, at }: Tried): Preview {
  const { command } = job;
  const undo = changes.every((change) => inverseInput(command, change) !== null);
  const money = changes.flatMap((change) => change.money ?? []);
  return {
    will: changes.length,
    refused: [],
    touches: [...rowTouches(command, changes.length, undo), ...ledgerTouches(money, undo), ...touched],
    diffs: changes.slice(0, MOST_DIFFS).map(({ id, before, after }) => ({ id, ...shown(difference(before, after)) })),
    undo,
    subjects: [...new Set(changes.slice(0, MOST_DIFFS).flatMap(({ subject }) => subject ?? []))],
    money,
    approval,
    plan: signPlan(job, changes, touched, at),
    expires_at: planEnd(at).toISOString(),
  };
}

/** What the way back would be given; null when there is none, or the old values would not be accepted today. */
export function inverseInput(command: Command, change: Written): object | null {
  const inverse = inverseOf(command);
  if (!inverse) return null;
  const input = inverse.input(change);
  return inverse.by.input.safeParse(input).success ? input : null;
}

function rowTouches({ noun }: Command, count: number, undo: boolean): Touch[] {
  return [
    { store: "postgres", what: noun.name, count, undo },
    ...(noun.index === null ? [] : [{ store: "elasticsearch" as const, what: noun.index, count, undo }]),
    { store: "redis", what: "cache tags", count: count + 1, undo: true },
  ];
}

/** Written, never edited: what is undone later is booked the other way round. */
function ledgerTouches(money: readonly Money[], undo: boolean): Touch[] {
  const count = money.flatMap(({ entries }) => entries.filter(({ pending }) => !pending)).length;
  return count === 0 ? [] : [{ store: "postgres", what: "ledger entries", count, undo }];
}

/** Without the field whose new value is still to be typed. */
function shown({ before, after }: Difference): Difference {
  const known = (key: string) => after[key] !== REASON_TO_COME;
  const pick = (fields: Fields) => Object.fromEntries(Object.entries(fields).filter(([key]) => known(key)));
  return { before: pick(before), after: pick(after) };
}
