// Undo: the recorded way back, run as the command it is, with the version the record had then.
import "server-only";
import { z } from "zod";
import { AppError } from "./errors";
import type { Options } from "./job";
import type { Command, Context, Fields, Preview, Saved } from "./operation";
import { authorise, preview, run } from "./run";
import type { Stores } from "./stores";
import { toAppError } from "./translate";

type Way = { command: Command; input: Fields };

/** Takes the record in the transaction of the inverse: a refusal rolls back and leaves it for another try. */
export async function undo(recordId: string, ctx: Context, stores: Stores, options: Options = {}): Promise<Saved> {
  const way = await wayBack(recordId, ctx, stores);
  return staleWithBothSides(way, () => run(way.command, way.input, ctx, stores, { ...options, undo: recordId }));
}

/** What the undo would do: a dry run of the inverse. */
export async function previewUndo(recordId: string, ctx: Context, stores: Stores): Promise<Preview> {
  const way = await wayBack(recordId, ctx, stores);
  return staleWithBothSides(way, () => preview(way.command, way.input, ctx, stores));
}

type Record = { inverse_action: string; inverse: Fields; expected_version: string; undone: boolean; old: boolean };

async function wayBack(recordId: string, ctx: Context, stores: Stores): Promise<Way> {
  const record = z.uuid().safeParse(recordId).success ? await find(recordId, stores) : undefined;
  const command = record && stores.operations.get(record.inverse_action);
  if (!record || command?.kind !== "command") throw new AppError("not_found", "There is nothing to undo.");
  authorise(command, ctx);
  if (record.undone) throw new AppError("conflict", "This was already undone.");
  if (record.old) throw new AppError("conflict", "The time to undo this is over.");
  return { command, input: { ...record.inverse, version: Number(record.expected_version) } };
}

async function find(recordId: string, stores: Stores): Promise<Record | undefined> {
  const question = `
    select inverse_action, inverse, expected_version, undone_at is not null as undone, expires_at <= now() as old
    from system.undo_records
    where id = $1::uuid`;
  try {
    const [record] = await stores.postgres.systemReader.query<Record>(question, [recordId]);
    return record;
  } catch (error) {
    throw toAppError(error);
  }
}

/** The record moved on: whoever asked sees how it is now and what the undo would have made of it. */
async function staleWithBothSides<T>({ input }: Way, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "stale") throw error;
    const { id: _id, version: _version, reason: _reason, ...wanted } = input;
    throw new AppError(
      "stale",
      "The record was changed since. Compare before you undo.",
      { current: error.details.current, wanted },
      { cause: error },
    );
  }
}
