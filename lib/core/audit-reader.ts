// What the audit's own queries may ask of the schema `system`, which their credential cannot read.
import "server-only";
import type { Fields } from "./operation";

export type AuditReader = {
  /** The personal values and the reason of an event; null when nothing was sealed or the person was erased. */
  reveal(event: SealedEvent): Promise<Revealed | null>;
  /** The undo record of each event that has one. */
  undoOf(eventIds: readonly string[]): Promise<ReadonlyMap<string, UndoRecord>>;
};

export type SealedEvent = { action: string; target_id: string; subject_id: string | null; sealed: Uint8Array | null };
export type Revealed = { before: Fields; after: Fields; reason: string | null };
/** `open`: neither undone nor too old; `allowed`: the actor has the permission of the way back, named by `action`. */
export type UndoRecord = { id: string; action: string; open: boolean; allowed: boolean };
