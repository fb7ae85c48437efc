// What the audit's own queries may ask of the schema `system`, which their credential cannot read.
import "server-only";
import { z } from "zod";
import { about } from "./audit";
import type { Context, Fields } from "./operation";
import { unseal, unwrapSubjectKey } from "./seal";
import type { Stores } from "./stores";

export type AuditReader = {
  /** The personal values and the reason of an event; null when nothing was sealed or the person was erased. */
  reveal(event: SealedEvent): Promise<Revealed | null>;
  /** The undo record of each event that has one. */
  undoOf(eventIds: readonly string[]): Promise<ReadonlyMap<string, UndoRecord>>;
  /** Names of people by id; none for an actor who may not read users. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
};

export type SealedEvent = { action: string; target_id: string; subject_id: string | null; sealed: Uint8Array | null };
export type Revealed = { before: Fields; after: Fields; reason: string | null };
/** `open`: neither undone nor too old; `allowed`: the actor has the permission of the way back, named by `action`. */
export type UndoRecord = { id: string; action: string; open: boolean; allowed: boolean };

const fields = z.record(z.string(), z.unknown());
const SealedValues = z.object({ before: fields, after: fields, reason: z.string().nullable() });

export function auditReader({ actor }: Context, stores: Stores): AuditReader {
  return {
    async reveal({ action, target_id, subject_id, sealed }) {
      if (sealed === null || subject_id === null) return null;
      const [row] = await stores.postgres.systemReader.query<{ wrapped_key: Buffer }>(
        "select wrapped_key from system.subject_keys where subject_id = $1::uuid",
        [subject_id],
      );
      if (!row) return null;
      const key = unwrapSubjectKey(stores.keys, row.wrapped_key, subject_id);
      return SealedValues.parse(unseal(key, sealed, about(action, target_id)));
    },

    async undoOf(eventIds) {
      const rows = await stores.postgres.systemReader.query<{
        id: string;
        audit_id: string;
        action: string;
        open: boolean;
      }>(
        `select id, audit_id, inverse_action as action, undone_at is null and expires_at > now() as open
         from system.undo_records where audit_id = any($1::uuid[])`,
        [eventIds],
      );
      return new Map(
        rows.map(({ audit_id, ...record }) => {
          const way = stores.operations.get(record.action);
          return [audit_id, { ...record, allowed: way !== undefined && actor.permissions.has(way.permission) }];
        }),
      );
    },

    async names(ids) {
      if (ids.length === 0 || !actor.permissions.has("users.read")) return new Map();
      const rows = await stores.postgres.reader.query<{ id: string; display_name: string }>(
        "select id, display_name from app.users where id = any($1::uuid[])",
        [ids],
      );
      return new Map(rows.map(({ id, display_name }) => [id, display_name]));
    },
  };
}
