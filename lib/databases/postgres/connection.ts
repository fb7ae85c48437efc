// One physical connection to PostgreSQL: opened once, never reopened under the same handle.
import "server-only";
import net from "node:net";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { Silence } from "./silence";

export type Row = Record<string, unknown>;

export type ConnectionOptions = {
  url: string;
  /**
   * Run-time parameters of the server, sent with the start of the connection. A connection on which nothing ends for
   * longer than its `statement_timeout` is given up.
   */
  settings?: Readonly<Record<string, string>>;
  connectTimeoutMs?: number;
  /** Where no answer holds an array the server need not tell its types first: what fails meanwhile nobody can catch. */
  hasArrays?: boolean;
  /** Called after every statement with the time it took, its way in the pipeline included. */
  onStatement?: (ms: number) => void;
  /** What the server says beside an answer: a warning may be the only sign that nothing was done. */
  onNotice?: (notice: postgres.Notice) => void;
};

export class ConnectionLostError extends Error {
  readonly code = "CONNECTION_CLOSED";
}

type Handshake = { host: string[]; port: number[]; path: string | null | undefined };

const ignore = () => {};

/**
 * The driver opens a lost connection again and sends what still waits on it, which then would run outside its
 * transaction. So each handle connects once: afterwards it refuses, and its owner makes a new one.
 */
export class Connection {
  readonly #sql: postgres.Sql;
  readonly #onStatement: (ms: number) => void;
  readonly #silence: Silence;
  #socket: net.Socket | null = null;
  #alive = true;

  private constructor({
    url,
    settings = {},
    connectTimeoutMs = 1000,
    hasArrays = true,
    onStatement = ignore,
    onNotice = ignore,
  }: ConnectionOptions) {
    this.#onStatement = onStatement;
    this.#silence = new Silence(settings["statement_timeout"], () => this.#giveUp());
    let used = false;
    const socket = async (to: Handshake) => {
      if (used) throw new ConnectionLostError("The connection to PostgreSQL is lost.");
      used = true;
      this.#socket = await openSocket(to, connectTimeoutMs);
      return this.#socket;
    };
    const options = {
      max: 1,
      fetch_types: hasArrays,
      idle_timeout: 0,
      max_lifetime: null,
      connect_timeout: connectTimeoutMs / 1000,
      onnotice: onNotice,
      onclose: () => this.#lose(),
      connection: { ...settings },
      socket,
    };
    this.#sql = postgres(url, options);
  }

  /** Connects and proves it with a statement; throws the driver's error when that fails. */
  static async open(options: ConnectionOptions): Promise<Connection> {
    const connection = new Connection(options);
    try {
      await connection.simple("select 1");
      return connection;
    } catch (error) {
      connection.#lose();
      throw error;
    }
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** A statement without parameters, by the simple protocol. */
  simple(text: string): Promise<postgres.RowList<postgres.Row[]>> {
    return this.#send(text, [], {}).execute();
  }

  /** A prepared statement; sent at once, so that several share one flight. */
  query<T extends Row>(text: string, parameters: readonly unknown[]): Promise<T[]> {
    return rowsOf<T>(this.#send(text, parameters, { prepare: true }).execute());
  }

  /**
   * A drizzle handle whose statements carry a comment. drizzle never prepares, which costs a second round trip and a
   * plan per statement; `before` may refuse a statement by throwing.
   */
  handle(comment: string, before: () => void = ignore): PostgresJsDatabase {
    const prefix = comment === "" ? "" : `/* ${comment} */ `;
    const unsafe = (text: string, parameters: unknown[], options: object) => {
      before();
      return this.#send(prefix + text, parameters, { ...options, prepare: true });
    };
    return drizzle(
      new Proxy(this.#sql, { get: (target, key) => (key === "unsafe" ? unsafe : Reflect.get(target, key)) }),
    );
  }

  async close(): Promise<void> {
    this.#alive = false;
    await this.#sql.end({ timeout: 5 });
  }

  #send(text: string, parameters: readonly unknown[], options: postgres.UnsafeQueryOptions) {
    if (!this.#alive) throw new ConnectionLostError("The connection to PostgreSQL is lost.");
    const statement = this.#sql.unsafe(text, parameters as postgres.ParameterOrJSON<never>[], options);
    const began = performance.now();
    this.#silence.began();
    const observe = () => {
      this.#silence.ended();
      this.#onStatement(performance.now() - began);
    };
    // Several statements are under way at once: their errors are judged in order, so none may count as unhandled.
    statement.then(observe, observe);
    return statement;
  }

  /** Ending the handle also refuses what waits behind a statement that was being prepared. */
  #lose(): void {
    this.#alive = false;
    this.#silence.stop();
    void this.#sql.end({ timeout: 0 });
  }

  /** The error goes to everything that waits on the socket; nothing of it is sent again. */
  #giveUp(): void {
    this.#alive = false;
    this.#socket?.destroy(late("PostgreSQL did not answer in time.", "ETIMEDOUT"));
    this.#lose();
  }
}

function rowsOf<T extends Row>(rows: Promise<unknown>): Promise<T[]> {
  return rows as Promise<T[]>;
}

/** Without this the kernel holds the second small write of a flight back until the first is answered (Nagle). */
function openSocket({ host, port, path }: Handshake, timeoutMs: number): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = path ? net.connect(path) : net.connect(port[0] ?? 5432, host[0] ?? "localhost");
    const timer = setTimeout(() => socket.destroy(late(NOT_ACCEPTED, "CONNECT_TIMEOUT")), timeoutMs);
    socket.setNoDelay(true);
    socket.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.removeAllListeners("error");
      // The driver reads the name for the certificate from here.
      resolve(Object.assign(socket, { host: host[0], port: port[0] }));
    });
  });
}

const NOT_ACCEPTED = "PostgreSQL did not accept the connection in time.";

function late(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
