// Rows that leave the console: read in slices through the runner, with who took what in the audit.
import "server-only";
import { accessEvent, appendEvent } from "./audit";
import { guardActor } from "./doors";
import type { Context, Fields, In, Query, Strict } from "./operation";
import { ask } from "./run";
import type { Stores } from "./stores";
import { loggable } from "./translate";

/** What an exporting query answers: the rows after its input's `after`, and where the next ones begin. */
export type Slice<Row> = { data: Row[]; next: string | null };

export type ExportQuery<Row> = Query<Strict, Slice<Row>, "app"> | Query<Strict, Slice<Row>, "system">;

/**
 * Slices until there are no more. That it begins is in the audit before anything is read, and how it ended with the
 * number of rows, also when whoever asked went away.
 */
export async function* exported<Row>(
  query: ExportQuery<Row>,
  input: Fields,
  ctx: Context,
  stores: Stores,
): AsyncGenerator<Row[], void, undefined> {
  let [outcome, rows] = ["stopped", 0];
  let slice = await read(query, input, ctx, stores);
  await begin(query, input, ctx, stores);
  try {
    for (;;) {
      rows += slice.data.length;
      yield slice.data;
      if (slice.next === null) break;
      slice = await read(query, { ...input, after: slice.next }, ctx, stores);
    }
    outcome = "exported";
  } catch (error) {
    outcome = "failed";
    throw error;
  } finally {
    const event = accessEvent(query, { outcome, asked: asked(input), rows }, ctx, stores.keys);
    await appendEvent(stores.postgres.system, stores.keys, event).catch((error: unknown) => {
      stores.log.error({ action: query.action, rows, err: loggable(error) }, "The end of an export was not recorded.");
    });
  }
}

/** Safe because the runner parses every input before it uses one. */
function read<Row>(query: ExportQuery<Row>, input: Fields, ctx: Context, stores: Stores): Promise<Slice<Row>> {
  return ask(query, input as In<ExportQuery<Row>>, ctx, stores);
}

async function begin<Row>(query: ExportQuery<Row>, input: Fields, ctx: Context, { postgres, keys }: Stores) {
  const event = accessEvent(query, { outcome: "requested", asked: asked(input) }, ctx, keys);
  await postgres.system.transaction(async (transaction) => {
    await guardActor(transaction, ctx);
    await appendEvent(transaction, keys, event);
  }, query.action);
}

/** The filters; what somebody searched for may be a name, and stays out of the signed text. */
function asked({ q, ...filters }: Fields): Fields {
  return q === undefined ? filters : { ...filters, q: "(text)" };
}
