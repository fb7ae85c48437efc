// Every ten seconds: the few figures that say whether people wait.
import "server-only";
import type { Blind } from "../schema";
import type { Reading } from "../collector";
import { ROLES, asked, notReported } from "./blind";
import { at, documentAt, numberAt, sum, textAt, timeAt } from "./documents";
import { runningOperations } from "./operations";
import { type Document, type MongoWatch } from "./watch";

/** `none` switches every section off; those named after it are all that is sent: 1 kB instead of 112. */
const REDUCED = { serverStatus: 1, none: 1, opcounters: true, globalLock: true, connections: true };

export async function collectLive(watch: MongoWatch): Promise<Reading> {
  const [hello, status, running] = await Promise.all([
    watch.command("admin", { hello: 1 }),
    asked(watch, "server figures", ROLES.monitor, () => watch.command("admin", REDUCED)),
    asked(watch, "running operations", ROLES.monitor, () => runningOperations(watch)),
  ]);
  const blind: Blind[] = [status, running].flatMap((one) => (one.ok ? [] : [one.blind]));
  const server = status.ok ? status.value : {};
  const connections = documentAt(server, "connections");
  if (status.ok && connections === null) blind.push(notReported("connections"));
  const [current, available] = [numberAt(connections, "current"), numberAt(connections, "available")];
  const inUse = sum([current, available]);
  const clients = running.ok ? running.value.filter(({ kind }) => kind === "client" || kind === "index_build") : null;
  return {
    gauges: {
      active_ops: clients?.length ?? null,
      longest_op_s: clients && Math.max(0, ...clients.map(({ seconds }) => seconds ?? 0)),
      queued: numberAt(server, "globalLock", "currentQueue", "total"),
      connections: current,
      connections_limit: inUse,
      connections_used: current !== null && inUse ? (current / inUse) * 100 : null,
    },
    counters: status.ok ? countsOf(server) : {},
    generation: generationOf(server),
    facts: { role: roleOf(hello), ...startOf(server) },
    blind,
    rows: 2 + (running.ok ? running.value.length : 0),
  };
}

/** Older servers count aggregations among the commands, newer ones beside them. */
function countsOf(server: Document): Record<string, number | null> {
  const count = (name: string) => numberAt(server, "opcounters", name);
  const aggregations = at(server, "opcounters", "aggregate") === undefined ? 0 : count("aggregate");
  return {
    queries: sum([count("query"), count("getmore"), aggregations]),
    writes: sum([count("insert"), count("update"), count("delete")]),
    commands: count("command"),
  };
}

/** A restart makes both new. The start is rounded: the server's clock and ours are read at different moments. */
export function generationOf(server: Document): string {
  const start = startedAt(server);
  return `${numberAt(server, "pid") ?? ""}:${start === null ? "" : Math.round(start / 60_000)}`;
}

function startedAt(server: Document): number | null {
  const now = timeAt(server, "localTime");
  const up = numberAt(server, "uptimeMillis");
  return now && up !== null ? now.getTime() - up : null;
}

function startOf(server: Document): Record<string, string> {
  const start = startedAt(server);
  return start === null ? {} : { "up since": `${new Date(start).toISOString().slice(0, 16).replace("T", " ")} UTC` };
}

/** The role of a server without copies. */
export const ALONE = "standalone";

function roleOf(hello: Document): string {
  const set = textAt(hello, "setName");
  if (set === null) return at(hello, "msg") === "isdbgrid" ? "router of a sharded cluster" : ALONE;
  const own = at(hello, "isWritablePrimary") === true ? "primary" : "secondary";
  return `${own} of ${set}`;
}
