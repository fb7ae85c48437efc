import { z } from "zod";
import { text, whole } from "@/lib/core/schema";
import { STATEMENT_ORDERS } from "@/lib/databases/postgres/schema";

export * from "@/lib/databases/postgres/schema";

export const ListSessions = z.strictObject({});
export const GetLocks = z.strictObject({});

export const ListStatements = z.strictObject({
  order: z.enum(STATEMENT_ORDERS).default("total"),
  limit: whole(1, 100).default(8),
});

/** A signed 64-bit number, as text: JavaScript has no such number. */
const queryId = z.string().regex(/^-?\d{1,19}$/, "is not the id of a statement");

/** A name as it stands in the catalogue. It is looked up there and quoted by the server; this only keeps nonsense out. */
const name = z
  .string()
  .min(1)
  .max(63)
  .regex(/^[\p{L}_][\p{L}\p{N}_$. -]*$/u, "is not the name of a table, an index or a schema");

export const ExplainStatement = z.strictObject({ queryid: queryId, role: name });

export const MeasureBloat = z.strictObject({ schema: name, table: name });

export const ListObjects = z.strictObject({ limit: whole(1, 500).default(8) });
export const GetVacuum = z.strictObject({});
export const GetReplication = z.strictObject({});
export const GetSettings = z.strictObject({});

const session = {
  pid: whole(1, 2_147_483_647),
  /** The start of the session as the server wrote it; without it whatever session has the pid now is meant. */
  started: z
    .string()
    .min(10)
    .max(40)
    .regex(/^[\d :.+-]+$/, "is not a time of the server")
    .optional(),
  reason: text(500),
};

export const CancelQuery = z.strictObject(session);
export const TerminateSession = z.strictObject(session);

export const VacuumTable = z.strictObject({
  schema: name,
  table: name,
  /** `vacuum` removes dead rows and counts anew, `analyze` only counts. */
  mode: z.enum(["vacuum", "analyze"]).default("vacuum"),
  reason: text(500),
});

export const ReindexIndex = z.strictObject({ schema: name, index: name, reason: text(500) });

/** Without a statement: all of this database. */
export const ResetStatements = z.strictObject({ queryid: queryId.optional(), reason: text(500) });
