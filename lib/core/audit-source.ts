// Where a check of the audit reads from: batches by chain and number, so that memory stays flat.
import "server-only";
import { sql } from "drizzle-orm";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { COPIED, type ChainedEvent, type Head } from "./audit-chain";
import type { Checkpoint } from "./audit-checkpoint";

export type AuditSource = {
  heads(): Promise<Head[]>;
  /** The next events of one chain after `seq`, in order. */
  events(shard: number, seq: number, limit: number): Promise<ChainedEvent[]>;
  /** Checkpoints over fewer than `n` events, newest first; all when `n` is null. */
  checkpoints(n: number | null, limit: number): Promise<Checkpoint[]>;
};

type Read = <T>(work: (db: Pick<ReadDb, "execute">) => Promise<T>) => Promise<T>;

type EventRow = Omit<ChainedEvent, "seq" | "columns"> & { seq: string } & Record<
    (typeof COPIED)[number],
    string | null
  >;

/** `read` gives a connection of the auditor, for one statement or several. */
export function auditSource(read: Read): AuditSource {
  return {
    async heads() {
      const rows = await read((db) =>
        db.execute<{ shard: number; seq: string; hash: Buffer }>(
          sql`select shard, seq, hash from system.audit_heads order by shard`,
        ),
      );
      return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
    },

    async events(shard, seq, limit) {
      const rows = await read((db) =>
        db.execute<EventRow>(sql`
          select id, shard, seq, to_char(at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') as at, body, sealed, key_id, mac,
            prev, hash, kind, action, actor_id, target_type, target_id, subject_id, request_id, parent_id
          from system.audit_events e
          where shard = ${shard}::smallint and e.seq > ${seq}::bigint
          order by e.seq, e.at
          limit ${limit}::integer`),
      );
      return rows.map(toEvent);
    },

    async checkpoints(n, limit) {
      const rows = await read((db) =>
        db.execute<Omit<Checkpoint, "n"> & { n: string }>(sql`
          select n, at, heads, note, signature from system.audit_checkpoints
          where n < coalesce(${n}::bigint, 9223372036854775807) order by n desc limit ${limit}::integer`),
      );
      return rows.map((row) => ({ ...row, n: Number(row.n) }));
    },
  };
}

function toEvent({ id, shard, seq, at, body, sealed, key_id, mac, prev, hash, ...columns }: EventRow): ChainedEvent {
  return { id, shard, seq: Number(seq), at, body, sealed, key_id, mac, prev, hash, columns };
}
