// A pipelined transaction: BEGIN travels with the first statements, COMMIT with the last.
import "server-only";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { type Connection, ConnectionLostError, type Row } from "./connection";

/** What a command may do in its transaction. */
export type Db = Pick<PostgresJsDatabase, "select" | "selectDistinct" | "insert" | "update" | "delete" | "execute">;

export class Transaction {
  /** For run(): closed with the transaction, so that a promise nobody awaited cannot write into a later one. */
  readonly db: Db;
  readonly #connection: Connection;
  readonly #release: () => void;
  #state: "open" | "ending" | "ended" = "open";
  #commitSent = false;

  constructor(connection: Connection, release: () => void, comment: string) {
    this.#connection = connection;
    this.#release = release;
    this.db = connection.handle(comment, () => this.#assertOpen());
    void connection.simple("begin").catch(() => {});
  }

  /** From here on only the server knows whether the transaction took effect. */
  get commitSent(): boolean {
    return this.#commitSent;
  }

  get lost(): boolean {
    return !this.#connection.alive;
  }

  /** Sends a statement without waiting for those before it. */
  query<T extends Row = Row>(text: string, parameters: readonly unknown[] = []): Promise<T[]> {
    this.#assertOpen();
    return this.#connection.query<T>(text, parameters);
  }

  /** Throws unless the server answers COMMIT: after a failed statement it answers ROLLBACK. */
  async commit(): Promise<void> {
    this.#assertOpen();
    this.#state = "ending";
    this.#commitSent = true;
    const { command } = await this.#connection.simple("commit");
    if (command !== "COMMIT") throw new Error(`COMMIT was answered by ${command}.`);
  }

  /** Does nothing when the transaction has ended or its connection is gone. */
  async rollback(): Promise<void> {
    if (this.#state !== "open") return;
    this.#state = "ending";
    if (!this.lost) await this.#connection.simple("rollback").catch(() => {});
  }

  /** Gives the connection back; call it once, after commit or rollback. */
  finish(): void {
    if (this.#state === "ended") return;
    this.#state = "ended";
    this.#release();
  }

  /** Closed as soon as the end is sent: a statement behind it would commit by itself. */
  #assertOpen(): void {
    if (this.lost) throw new ConnectionLostError("The connection to PostgreSQL is lost.");
    if (this.#state !== "open") throw new Error("The transaction is over: a promise was not awaited.");
  }
}
