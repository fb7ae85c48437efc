// What the server works on now, told apart by who may be ended and who never.
import "server-only";
import { at, documentAt, numberAt, textAt, timeAt } from "./documents";
import { shapeOf } from "./shape";
import { type Document, type MongoWatch, WATCH_NAME } from "./watch";

/** `system`: a thread of the server; `own`: the console looking at this very list. */
export type OperationKind = "client" | "index_build" | "system" | "own";

export type RunningOperation = {
  /** A number, or `shard:number` behind a router. */
  opid: string;
  kind: OperationKind;
  op: string;
  ns: string;
  /** Without its values. */
  shape: string;
  /** `COLLSCAN`, or the index it goes by. */
  plan: string | null;
  app: string | null;
  client: string | null;
  seconds: number | null;
  /** ISO; together with `opid`, `op` and `ns` it names this operation and no later one. */
  started: string | null;
  is_waiting: boolean;
  progress: { text: string; done: number | null; total: number | null } | null;
};

/** Names by which a connection of a client is told from a thread of the server. */
const CLIENT_THREAD = /^conn\d+$|^embedded-mongodb-session$/;
const OWN_NAMES = new Set([WATCH_NAME, "quadrant-probe"]);
const BULKY = ["command.documents", "command.updates", "command.deletes", "lockStats", "flowControlStats", "queues"];
const MAX = 200;

/** Longest first. One opid: that operation alone, if it still runs. */
export async function runningOperations(watch: MongoWatch, opid?: string): Promise<RunningOperation[]> {
  const pipeline = [
    { $currentOp: { allUsers: true, idleConnections: false } },
    { $match: opid === undefined ? { active: true } : { opid: { $in: asSent(opid) } } },
    { $sort: { microsecs_running: -1 } },
    { $limit: MAX },
    { $unset: BULKY },
  ];
  return (await watch.aggregate("admin", 1, pipeline)).filter((row) => !isIdle(row)).map(read);
}

/** The server counts with numbers, a router names with text. */
export function asSent(opid: string): (string | number)[] {
  return /^\d+$/.test(opid) ? [Number(opid), opid] : [opid];
}

function read(row: Document): RunningOperation {
  const command = documentAt(row, "command") ?? {};
  const micros = numberAt(row, "microsecs_running");
  const now = timeAt(row, "currentOpTime");
  const message = textAt(row, "msg");
  return {
    opid: String(at(row, "opid") ?? ""),
    kind: kindOf(row),
    op: textAt(row, "op") ?? "none",
    ns: textAt(row, "ns") ?? "",
    shape: Object.keys(command).length > 0 ? shapeOf(command).text : (textAt(row, "desc") ?? ""),
    plan: textAt(row, "planSummary"),
    app: textAt(row, "appName"),
    client: textAt(row, "client"),
    seconds: micros === null ? numberAt(row, "secs_running") : micros / 1e6,
    started: now && micros !== null ? new Date(now.getTime() - micros / 1000).toISOString() : null,
    is_waiting: at(row, "waitingForLock") === true,
    progress: message
      ? { text: message, done: numberAt(row, "progress", "done"), total: numberAt(row, "progress", "total") }
      : null,
  };
}

/** A connection of a client between two of its operations. */
function isIdle(row: Document): boolean {
  return CLIENT_THREAD.test(textAt(row, "desc") ?? "") && numberAt(row, "microsecs_running") === null;
}

/** Not every server tells applications apart; the console marks its own commands. */
function kindOf(row: Document): OperationKind {
  if (/^Index Build/i.test(textAt(row, "msg") ?? "")) return "index_build";
  const isOwn = at(row, "command", "comment") === WATCH_NAME || OWN_NAMES.has(textAt(row, "appName") ?? "");
  if (isOwn) return "own";
  const isClient = at(row, "isFromUserConnection") === true || CLIENT_THREAD.test(textAt(row, "desc") ?? "");
  const works = textAt(row, "op") !== "none" && numberAt(row, "microsecs_running") !== null;
  return isClient && works ? "client" : "system";
}
