// The replica set and how far its log of changes reaches; a server of its own has neither.
import "server-only";
import type { Blind } from "../schema";
import { ROLES, asked } from "./blind";
import { listAt, numberAt, textAt, timeAt } from "./documents";
import { type MongoWatch, firstBatch } from "./watch";

export type Member = {
  name: string;
  /** `PRIMARY`, `SECONDARY`, `ARBITER`, or why it does not serve. */
  state: string;
  is_in_service: boolean;
  is_self: boolean;
  lag_s: number | null;
  /** ISO. */
  since: string | null;
};

export type Replica = {
  /** Null for a server of its own, and where the set could not be read. */
  set: string | null;
  members: Member[];
  /** Seconds from the oldest to the newest change that is kept. */
  oplog_s: number | null;
  blind: Blind[];
};

const SERVES = new Set(["PRIMARY", "SECONDARY", "ARBITER"]);

export async function replica(watch: MongoWatch): Promise<Replica> {
  const [status, oplog] = await Promise.all([
    asked(watch, "members", ROLES.monitor, () => watch.command("admin", { replSetGetStatus: 1 })),
    asked(watch, "oplog window", ROLES.local, () => oplogWindow(watch)),
  ]);
  const blind: Blind[] = [];
  if (!status.ok) blind.push(status.blind);
  if (!oplog.ok) blind.push(oplog.blind);
  else if (oplog.value === null) blind.push({ check: "oplog window", kind: "not_reported", why: ALONE, grant: null });
  return {
    set: status.ok ? textAt(status.value, "set") : null,
    members: status.ok ? membersOf(status.value) : [],
    oplog_s: oplog.ok ? oplog.value : null,
    blind,
  };
}

const ALONE = "This server keeps no oplog: it stands alone, without a replica set.";

function membersOf(status: Record<string, unknown>): Member[] {
  const rows = listAt(status, "members");
  const primary = rows.find((row) => textAt(row, "stateStr") === "PRIMARY");
  const newest = timeAt(primary, "optimeDate");
  return rows.map((row) => {
    const state = textAt(row, "stateStr") ?? "UNKNOWN";
    const own = timeAt(row, "optimeDate");
    const isCopy = state === "SECONDARY" && newest !== null && own !== null;
    return {
      name: textAt(row, "name") ?? "",
      state,
      is_in_service: SERVES.has(state) && numberAt(row, "health") !== 0,
      is_self: row["self"] === true,
      lag_s: isCopy ? Math.max(0, (newest.getTime() - own.getTime()) / 1000) : null,
      since: timeAt(row, "electionDate")?.toISOString() ?? null,
    };
  });
}

/** Null without an oplog. */
async function oplogWindow(watch: MongoWatch): Promise<number | null> {
  const end = async (direction: 1 | -1) => {
    const projection = { _id: 0, t: { $tsSecond: "$ts" } };
    const find = { find: "oplog.rs", sort: { $natural: direction }, limit: 1, singleBatch: true, projection };
    return numberAt(firstBatch(await watch.command("local", find))[0], "t");
  };
  const [oldest, newest] = await Promise.all([end(1), end(-1)]);
  return oldest === null || newest === null ? null : newest - oldest;
}
