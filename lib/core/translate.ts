// Turns whatever a driver, a store or a schema throws into one of our failures; what it said goes to the log only.
import "server-only";
import { AppError, type Code, type Details } from "./errors";

type Fault = {
  name: string;
  code: string;
  store: string | undefined;
  constraint: string | undefined;
  status: number | undefined;
  issues: readonly { path: readonly PropertyKey[]; message: string }[];
};

type Answer = readonly [code: Code, message: string, details?: Details];

const constraints = new Map<string, Answer>();

/** Says what a breach of a database constraint means to the person; each noun registers its own. */
export function constraint(name: string, field: string | null, code: Code, message: string): void {
  constraints.set(name, [code, message, { constraint: name, ...(field ? { fields: { [field]: [message] } } : {}) }]);
}

export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const fault = faultOf(error);
  const [code, message, details] = bySchema(fault) ?? byPostgres(fault) ?? byStore(fault) ?? INTERNAL;
  return new AppError(code, message, details, { cause: error });
}

const INTERNAL: Answer = ["internal", "Something went wrong."];

function bySchema({ name, issues }: Fault): Answer | undefined {
  if (name !== "ZodError" && name !== "$ZodError") return undefined;
  const fields: Record<string, string[]> = {};
  for (const { path, message } of issues) (fields[path.join(".") || "_"] ??= []).push(message);
  return ["invalid", "Some values are not valid.", { fields }];
}

const CONTENDED: Answer = ["busy", "Others are changing the same records.", { retry_after_seconds: 1 }];
const STOPPED: Answer = ["busy", "This took too long and was stopped.", { retry_after_seconds: 5 }];
const UNSTORABLE: Answer = ["invalid", "A text holds characters that cannot be stored."];
const POSTGRES_AWAY: Answer = [
  "unavailable",
  "PostgreSQL did not answer. Try again.",
  { store: "postgres", retry_after_seconds: 2 },
];

/** 42501 is not here: a grant that is missing is a fault of ours, not a refusal of the caller. */
const SQL_STATES: Record<string, Answer> = {
  "23502": ["invalid", "A value is missing."],
  "22P02": ["invalid", "A value has the wrong form."],
  "22003": ["invalid", "A number is out of range."],
  "22001": ["invalid", "A text is too long."],
  "22021": UNSTORABLE,
  "22P05": UNSTORABLE,
  "28000": ["unauthenticated", "Your session has ended. Sign in again."],
  "40001": CONTENDED,
  "40P01": CONTENDED,
  "55P03": ["busy", "The record is being changed by someone else.", { retry_after_seconds: 1 }],
  "57014": STOPPED,
  "25P04": STOPPED,
  "53300": POSTGRES_AWAY,
  POOL_BUSY: ["busy", "Too many requests are waiting for PostgreSQL.", { store: "postgres", retry_after_seconds: 1 }],
};

const RULES = new Set(["23505", "23514", "23503", "23P01"]);

const LOST = new Set([
  ...["CONNECTION_CLOSED", "CONNECTION_ENDED", "CONNECTION_DESTROYED", "CONNECT_TIMEOUT"],
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "ENOENT"],
  ...["57P01", "57P02", "57P03", "08000", "08003", "08006"],
]);

function byPostgres({ code, constraint: name }: Fault): Answer | undefined {
  if (RULES.has(code)) {
    const known = name === undefined ? undefined : constraints.get(name);
    return (
      known ?? ["conflict", "The change breaks a rule of the data.", name === undefined ? {} : { constraint: name }]
    );
  }
  return LOST.has(code) ? POSTGRES_AWAY : SQL_STATES[code];
}

function byStore({ name, code, store, status }: Fault): Answer | undefined {
  if (name === "StoreFailure" && store !== undefined) return away(store);
  if (name.startsWith("Mongo")) return code === "50" || code === "262" ? STOPPED : away("mongodb");
  if (name === "ResponseError") return byElastic(status ?? 0);
  if (["ConnectionError", "NoLivingConnectionsError", "TimeoutError"].includes(name)) return away("elasticsearch");
  if (["BrokenCircuitError", "BulkheadRejectedError", "TaskCancelledError"].includes(name)) {
    return ["unavailable", "A store cannot be reached at the moment.", { retry_after_seconds: 5 }];
  }
  return undefined;
}

const ELASTIC_REFUSES: Answer = ["conflict", "Elasticsearch refuses this in its present state."];

/** 401 and 403 are not here: a right that is missing is a fault of ours, not a refusal of the caller. */
function byElastic(status: number): Answer | undefined {
  if (status === 404 || status === 429 || status >= 500) return away("elasticsearch");
  return status === 400 || status === 409 ? ELASTIC_REFUSES : undefined;
}

const STORE_NAMES: Record<string, string> = {
  postgres: "PostgreSQL",
  mongodb: "MongoDB",
  redis: "Redis",
  elasticsearch: "Elasticsearch",
};

function away(store: string): Answer {
  const message = `${STORE_NAMES[store] ?? "A store"} did not answer. The rest works.`;
  return ["unavailable", message, { store, retry_after_seconds: 5 }];
}

/** The connection is gone, or the server ended it: what was not committed is rolled back. */
export function isLost(error: unknown): boolean {
  const { code } = faultOf(error);
  return LOST.has(code) || code === "25P04";
}

/** A serialisation failure or a deadlock: the same work may succeed when it runs again. */
export function isContended(error: unknown): boolean {
  return ["40001", "40P01"].includes(faultOf(error).code);
}

/** The error without its parameters, for the log: drizzle puts SQL and values into the message of its wrapper. */
export function loggable(error: unknown): object {
  const inner = unwrapped(error);
  if (!(inner instanceof Error)) return { message: "a value that is no error was thrown" };
  return { name: inner.name, code: faultOf(inner).code || undefined, message: inner.message, stack: inner.stack };
}

function unwrapped(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  const wraps = error instanceof Error && cause instanceof Error && ("query" in error || error instanceof AppError);
  return wraps ? unwrapped(cause) : error;
}

/** Reads the few properties that tell one failure from another, whatever library made it. */
function faultOf(error: unknown): Fault {
  const inner = unwrapped(error);
  const read = (key: string): unknown =>
    typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined;
  const string = (key: string) => (typeof read(key) === "string" ? String(read(key)) : undefined);
  const code = read("code");
  const issues = read("issues");
  const status = read("statusCode");
  return {
    name: string("name") ?? "",
    code: typeof code === "string" || typeof code === "number" ? String(code) : "",
    store: string("store"),
    constraint: string("constraint_name"),
    status: typeof status === "number" ? status : undefined,
    issues: Array.isArray(issues) ? issues : [],
  };
}
