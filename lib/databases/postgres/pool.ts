// A pool with a bounded wait: connections open when needed and are replaced when they are lost.
import "server-only";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { Connection, type ConnectionOptions, type Row } from "./connection";
import { type Db, Transaction } from "./transaction";

export type { Db };

/** Reads only; the connection refuses writes too. */
export type ReadDb = Pick<PostgresJsDatabase, "select" | "selectDistinct" | "execute">;

export type PoolOptions = ConnectionOptions & {
  name: string;
  max: number;
  /** Opens a connection; a guard may refuse to while the server is away. */
  open?: (options: ConnectionOptions) => Promise<Connection>;
  /** How long a caller waits for a free connection. */
  waitMs?: number;
};

export class PoolBusyError extends Error {
  readonly code = "POOL_BUSY";
}

type Slot = { connection: Connection | null };
type Waiter = { take: (slot: Slot) => void; refuse: (error: Error) => void };

const LOST = new Set(["CONNECTION_CLOSED", "CONNECTION_DESTROYED", "CONNECTION_ENDED", "ECONNRESET", "EPIPE"]);

export class Pool {
  readonly name: string;
  readonly #options: PoolOptions;
  readonly #slots: readonly Slot[];
  readonly #idle: Slot[];
  readonly #waiting: Waiter[] = [];
  #closed = false;

  constructor(options: PoolOptions) {
    this.name = options.name;
    this.#options = options;
    this.#slots = Array.from({ length: options.max }, () => ({ connection: null }));
    this.#idle = [...this.#slots];
  }

  stats(): { max: number; busy: number; idle: number; waiting: number } {
    const max = this.#slots.length;
    return { max, busy: max - this.#idle.length, idle: this.#idle.length, waiting: this.#waiting.length };
  }

  /** For reads, which may be repeated: a connection that was lost is replaced once. */
  async read<T>(work: (db: ReadDb) => Promise<T>, comment = this.name): Promise<T> {
    const attempt = () => this.#with((connection) => work(connection.handle(comment)));
    return attempt().catch((error: unknown) => (wasLost(error) ? attempt() : Promise.reject(error)));
  }

  /** One statement by itself; never repeated. */
  async query<T extends Row = Row>(text: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return this.#with((connection) => connection.query<T>(text, parameters));
  }

  /** Begins a transaction whose BEGIN is already on its way; the caller commits or rolls back, then finishes. */
  async begin(comment = this.name): Promise<Transaction> {
    const slot = await this.#acquire();
    try {
      return new Transaction(await opened(slot, this.#options), () => this.#release(slot), comment);
    } catch (error) {
      this.#release(slot);
      throw error;
    }
  }

  /** Runs work in a transaction of its own: for what is no operation (sign-in, the worker's bookkeeping). */
  async transaction<T>(work: (transaction: Transaction) => Promise<T>, comment = this.name): Promise<T> {
    const transaction = await this.begin(comment);
    try {
      const result = await work(transaction);
      await transaction.commit();
      return result;
    } finally {
      await transaction.rollback();
      transaction.finish();
    }
  }

  /** Refuses whoever waits and lets running statements end, up to 5 s. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiter of this.#waiting.splice(0)) waiter.refuse(busy(this.name));
    await Promise.all(this.#slots.map((slot) => slot.connection?.close()));
  }

  async #with<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const slot = await this.#acquire();
    try {
      return await work(await opened(slot, this.#options));
    } finally {
      this.#release(slot);
    }
  }

  #acquire(): Promise<Slot> {
    if (this.#closed) return Promise.reject(busy(this.name));
    const slot = this.#idle.pop();
    if (slot) return Promise.resolve(slot);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        take: (freed) => {
          clearTimeout(timer);
          resolve(freed);
        },
        refuse: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(busy(this.name));
      }, this.#options.waitMs ?? 1000);
      this.#waiting.push(waiter);
    });
  }

  #release(slot: Slot): void {
    const next = this.#waiting.shift();
    if (next) next.take(slot);
    else this.#idle.push(slot);
  }
}

async function opened(slot: Slot, { open = Connection.open, ...options }: PoolOptions): Promise<Connection> {
  if (slot.connection?.alive) return slot.connection;
  slot.connection = await open(options);
  return slot.connection;
}

function busy(name: string): PoolBusyError {
  return new PoolBusyError(`No connection of the pool ${name} is free.`);
}

function wasLost(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return typeof cause === "object" && cause !== null && "code" in cause && LOST.has(String(cause.code));
}
