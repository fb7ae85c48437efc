// What may not be done, and the sentence that says why.
import "server-only";
import type { EngineReports } from "@/lib/core/operation";
import type { OperationKind } from "@/lib/databases/mongodb/operations";
import { ALONE } from "@/lib/databases/mongodb/collect-live";
import type { IndexFigures } from "@/lib/databases/mongodb/objects";

/** Whether the server has no copies that would have to follow. */
export function isAlone(engines: EngineReports): boolean {
  return engines.report("mongodb")?.facts.role === ALONE;
}

export function killRefusal(kind: OperationKind, alone: boolean): string | null {
  switch (kind) {
    case "client":
      return null;
    case "index_build":
      return alone ? null : "In a replica set an index build ends by dropping the index, not by ending the operation.";
    case "own":
      return "This is the console looking at the server.";
    case "system":
      return "This is a thread of the server. It is never ended from here.";
  }
}

const MAX_INDEXES = 60;
const MAX_DOCUMENTS = 10_000_000;

type NewIndex = { name: string; key: readonly (readonly [string, number])[] };

/** MongoDB allows 64 indexes; some are left for those who write migrations. */
export function createRefusal(wanted: NewIndex, existing: readonly IndexFigures[], documents: number | null) {
  const same = existing.find(({ key }) => keyText(key) === keyText(wanted.key));
  if (same) return `There is an index with this key: ${same.name}.`;
  if (existing.some(({ name }) => name === wanted.name)) return `There is another index called ${wanted.name}.`;
  if (existing.length >= MAX_INDEXES) return `The collection has ${existing.length} indexes already.`;
  if (documents !== null && documents > MAX_DOCUMENTS) {
    return "The collection is too large to be indexed from here: build it in a maintenance window.";
  }
  return null;
}

function keyText(key: readonly (readonly [string, string | number])[]): string {
  return key.map(([field, kind]) => `${field} ${kind}`).join(", ");
}

export function dropRefusal(index: IndexFigures, confirm: string | undefined): string | null {
  if (index.name === "_id_") return "Every collection needs the index on _id.";
  if (index.unique) return "It keeps values unique, whether or not anybody reads by it.";
  if (confirm === index.name) return null;
  if (index.ttl) return "Documents would no longer expire. Type its name to confirm.";
  if (index.uses === null) return "This server does not count its use. Type its name to confirm.";
  return index.uses > 0 ? `It is in use: ${index.uses} reads since it was counted. Type its name to confirm.` : null;
}

/** The signals under which a build would make things worse. */
const PRESSURE = new Set(["queued", "tickets_queued", "cache_used", "cache_dirty"]);

/** Why the server should not be given more work now; null when it may. */
export function pressureRefusal(engines: EngineReports): string | null {
  const passed = engines.report("mongodb")?.passed ?? [];
  const held = passed.find(({ signal, severity, holds }) => PRESSURE.has(signal) && severity === "critical" && holds);
  return held ? `MongoDB is under pressure: ${held.text}. Wait until it is well.` : null;
}
