// What run() does beside its own rows, counted for the preview.
import "server-only";
import type { Transaction } from "@/lib/databases/postgres/transaction";
import { endSession, endSessions } from "./doors";
import type { Keys } from "./keys";
import type { Context, Scope, Touch } from "./operation";

export class Effects {
  /** Hashes (hex) of the sessions that ended; their cached copies go after the commit. */
  readonly sessions: string[] = [];

  constructor(readonly now: Date) {}

  touches(): Touch[] {
    const count = this.sessions.length;
    if (count === 0) return [];
    return [
      { store: "postgres", what: "sessions", count, undo: false },
      { store: "redis", what: "sessions", count, undo: false },
    ];
  }

  scope(ctx: Context, transaction: Transaction, keys: Keys): Scope {
    return {
      ctx,
      keys,
      now: this.now,
      tx: transaction.db,
      endSessions: async (user, reason) => this.#ended(await endSessions(transaction, user, reason)),
      endSession: async (idHash, reason) => this.#ended(await endSession(transaction, idHash, reason)) > 0,
    };
  }

  #ended(hashes: readonly string[]): number {
    this.sessions.push(...hashes);
    return hashes.length;
  }
}
