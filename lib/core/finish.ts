// The last flight of a command: outbox, then audit, undo and the stored answer in one statement, then COMMIT.
import "server-only";
import type { Transaction } from "@/lib/databases/postgres/transaction";
import { changeEvent } from "./audit";
import { canonical } from "./canonical";
import { inverseInput } from "./describe";
import { hexByteArray, markDirty } from "./doors";
import { keyUse } from "./idempotency";
import { type Job, type Written, quiet, settle } from "./job";
import { type Saved, inverseOf } from "./operation";

/**
 * The chain of the audit is held from here to the end, so this comes last. The undo record needs the id of the event
 * and the stored answer needs both: hence one statement over three doors.
 */
const FINISH = `
  with appended as materialized (
    select system.append_audit($1::text[], $2::text::bytea[], $3::smallint, $4::text::bytea[]) as ids
  ), undoable as materialized (
    select array_agg(system.record_undo(
      appended.ids[way.position], $5::text, $6::text, way.input::jsonb, $7::text, way.id, way.version
    ) order by way.position) as ids
    from appended, unnest($8::integer[], $9::text[], $10::text[], $11::bigint[]) as way (position, input, id, version)
  ), kept as materialized (
    select system.idem_finish(
      $12::text, $15::text, $13::text, 200::smallint,
      $14::text::jsonb || jsonb_build_object('audit', appended.ids[1], 'undo', undoable.ids[1])
    )
    from appended, undoable
    where $13::text is not null
  )
  select appended.ids[1] as audit, undoable.ids[1] as undo, (select count(*) from kept) as kept
  from appended, undoable`;

type Facts = { subjects: ReadonlyMap<string, Buffer | null>; undoes: string | undefined; asked: string | undefined };

/** Sends everything at once and answers when COMMIT did; the first failure in statement order is thrown. */
export async function finish(
  transaction: Transaction,
  job: Job,
  changes: readonly Written[],
  facts: Facts,
): Promise<Saved> {
  const { command, ctx } = job;
  const answer = draft(changes);
  const marked = quiet(markDirty(transaction, command.noun.name, changes, ctx.requestId));
  const finished = quiet(
    transaction.query<Pick<Saved, "audit" | "undo">>(FINISH, parameters(job, changes, facts, answer)),
  );
  const committed = quiet(transaction.commit());
  const [, [ids]] = await settle([marked, finished, committed] as const);
  return { ...answer, audit: ids?.audit ?? null, undo: ids?.undo ?? null };
}

/** What is answered, before the database has given the ids. */
export function draft(changes: readonly Written[]): Saved {
  const [first] = changes;
  if (first === undefined) throw new TypeError("A command answered no change.");
  return { id: first.id, version: first.version, after: first.after, audit: null, undo: null };
}

function parameters(
  job: Job,
  changes: readonly Written[],
  { subjects, undoes, asked }: Facts,
  answer: Saved,
): unknown[] {
  const { command, ctx, options, stores } = job;
  const use = keyUse(command, job);
  const why = { reason: reasonOf(job), undoes, approval: options.approval?.id, requested_by: asked };
  const events = changes.map((change) => {
    const key = change.subject === undefined ? null : (subjects.get(change.subject) ?? null);
    return changeEvent(command, change, ctx, stores.keys, key, why);
  });
  const ways = changes.flatMap((change, index) => {
    const input = inverseInput(command, change);
    return input ? [{ position: index + 1, input: canonical(input), id: change.id, version: change.version }] : [];
  });
  return [
    events.map(({ body }) => body),
    hexByteArray(events.map(({ mac }) => mac)),
    stores.keys.id,
    hexByteArray(events.map(({ sealed }) => sealed)),
    command.action,
    inverseOf(command)?.by.action ?? null,
    command.noun.name,
    ways.map(({ position }) => position),
    ways.map(({ input }) => input),
    ways.map(({ id }) => id),
    ways.map(({ version }) => version),
    ctx.actor.id,
    use?.key ?? null,
    canonical(answer),
    use?.action ?? null,
  ];
}

/** An input called `reason` is why this is done: it goes into the audit. */
function reasonOf({ input }: Job): string | undefined {
  const { reason } = input;
  return typeof reason === "string" ? reason : undefined;
}
