import "server-only";
import { type Claimed, claim, confirm, giveBack, refuse } from "@/lib/core/outbox";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import { type Refused, SearchBusyError, writeDocuments } from "./bulk";
import { type Document, PROJECTIONS, type Projection } from "./projections";
import { writeTargets } from "./targets";

const BATCH = 200;
const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 30_000;
const IDLE_MS = { shortest: 250, longest: 1_000 };

type Readout = { documents: Document[]; unreadable: Refused[] };

export type Relay = {
  /** Sends one batch; answers how long to wait before the next, in milliseconds. Throws when PostgreSQL is away. */
  step(): Promise<number>;
};

/** Several may run at once, here and in other processes. `worker` names the leases; `namespace` heads the indices. */
export function createRelay(stores: Stores, worker: string, namespace: string): Relay {
  const { elasticsearch } = stores.databases;
  const { system, reader } = stores.postgres;
  let backOffMs = 0;
  let idleMs = IDLE_MS.shortest;

  /** Where live writes of a noun go now. Throws SearchBusyError when there is no index, or nobody to ask. */
  async function targetsOf(projection: Projection): Promise<string[]> {
    if (!elasticsearch) throw new SearchBusyError("Elasticsearch is not configured.");
    const targets = await writeTargets(elasticsearch.bulk, projection, namespace).catch((error: unknown) => {
      throw new SearchBusyError("Elasticsearch does not answer.", { cause: error });
    });
    if (targets.length === 0) throw new SearchBusyError("There is no index yet.");
    return targets;
  }

  /** One record that cannot become a document must not hold up the others: then each is read by itself. */
  async function read(projection: Projection, rows: readonly Claimed[]): Promise<Readout> {
    try {
      const ids = rows.map((row) => row.entity_id);
      const found = await reader.read((db) => projection.byIds(db, ids));
      return { documents: withTombstones(rows, found), unreadable: [] };
    } catch (error) {
      const { code } = toAppError(error);
      if (code === "unavailable" || code === "busy") throw error;
      const [only] = rows;
      if (rows.length === 1 && only) {
        return { documents: [], unreadable: [{ id: only.entity_id, why: `cannot be read: ${code}` }] };
      }
      const readouts: Readout[] = [];
      for (const row of rows) readouts.push(await read(projection, [row]));
      return {
        documents: readouts.flatMap(({ documents }) => documents),
        unreadable: readouts.flatMap(({ unreadable }) => unreadable),
      };
    }
  }

  async function send(projection: Projection, rows: readonly Claimed[]): Promise<void> {
    // After the claim: a rebuild that begins later reads what these rows announce.
    const targets = await targetsOf(projection);
    const { documents, unreadable } = await read(projection, rows);
    const refused = await write(targets, documents);
    const reasons = new Map([...unreadable, ...refused].map(({ id, why }) => [id, why]));
    await confirm(
      system,
      worker,
      rows.filter((row) => !reasons.has(row.entity_id)),
    );
    for (const row of rows) {
      const why = reasons.get(row.entity_id);
      if (why !== undefined && (await refuse(system, worker, row, why))) {
        stores.log.error({ entity: row.entity_type, id: row.entity_id, why }, "Set aside: the index refuses it.");
      }
    }
  }

  async function relay(rows: readonly Claimed[]): Promise<void> {
    const known = new Set(PROJECTIONS.map((projection) => projection.entity));
    await confirm(
      system,
      worker,
      rows.filter((row) => !known.has(row.entity_type)),
    );
    for (const projection of PROJECTIONS) {
      const own = rows.filter((row) => row.entity_type === projection.entity);
      if (own.length > 0) await send(projection, own);
    }
    // Repeats what the command itself may have failed to tell the cache.
    await stores.cache.after(tagsOf(rows), [], []);
  }

  const isReachable = () =>
    Promise.all(PROJECTIONS.map(targetsOf)).then(
      () => true,
      () => false,
    );

  const write = (targets: readonly string[], documents: readonly Document[]) =>
    elasticsearch ? writeDocuments(elasticsearch.bulk, targets, documents) : Promise.resolve([]);

  function wait(): number {
    backOffMs = Math.min(Math.max(backOffMs * 2, FIRST_BACK_OFF_MS), LONGEST_BACK_OFF_MS);
    return backOffMs * (0.5 + Math.random() / 2);
  }

  return {
    async step() {
      // Nothing is claimed while nothing could be sent: a queue that waits for hours costs nothing.
      if (backOffMs > 0 && !(await isReachable())) return wait();
      const rows = await claim(system, worker, BATCH);
      if (rows.length === 0) {
        backOffMs = 0;
        idleMs = Math.min(idleMs * 2, IDLE_MS.longest);
        return idleMs;
      }
      idleMs = IDLE_MS.shortest;
      try {
        await relay(rows);
        backOffMs = 0;
        return rows.length === BATCH ? 0 : idleMs;
      } catch (error) {
        const delayMs = wait();
        await giveBack(system, worker, rows, delayMs);
        if (!(error instanceof SearchBusyError)) throw error;
        stores.log.warn({ rows: rows.length, delay_ms: Math.round(delayMs) }, "The index takes no writes; waiting.");
        return delayMs;
      }
    },
  };
}

/** What is gone is written as a mark, which an older write that comes late cannot bring back to life. */
function withTombstones(rows: readonly Claimed[], found: readonly Document[]): Document[] {
  const ids = new Set(found.map((document) => document.id));
  const gone = rows.filter((row) => !ids.has(row.entity_id));
  return [...found, ...gone.map(({ entity_id: id, version }) => ({ id, version, deleted: true }))];
}

function tagsOf(rows: readonly Claimed[]): string[] {
  const records = rows.map((row) => `${row.entity_type}:${row.entity_id}`);
  return [...new Set(rows.map((row) => row.entity_type)), ...records];
}
