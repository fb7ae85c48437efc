// The closed set of failures: domain code throws them, adapters translate them once. Holds no secret, imports nothing.

/** code → [HTTP status, may the same request be repeated]. */
export const CODES = {
  malformed: [400, false],
  invalid: [422, false],
  unauthenticated: [401, false],
  forbidden: [403, false],
  not_found: [404, false],
  method_not_allowed: [405, false],
  conflict: [409, false],
  in_progress: [409, true],
  changed_since_preview: [409, false],
  approval_required: [409, false],
  stale: [412, false],
  too_large: [413, false],
  rate_limited: [429, true],
  busy: [503, true],
  unavailable: [503, true],
  outcome_unknown: [503, true],
  internal: [500, false],
} as const satisfies Record<string, readonly [status: number, retryable: boolean]>;

export type Code = keyof typeof CODES;

export type Details = {
  fields?: Record<string, string[]>;
  /** The record as it is now, for a stale write. */
  current?: unknown;
  /** What the refused write would have set. */
  wanted?: unknown;
  /** A fresh preview, when the one that was confirmed no longer holds, or a second person has to see it. */
  preview?: unknown;
  store?: string;
  retry_after_seconds?: number;
  constraint?: string;
};

// Next bundles this module several times per process (pages, actions, instrumentation), each with a class of its own:
// a failure thrown by one copy must be one for the others too.
const FAILURE: unique symbol = Symbol.for("quadrant.failure");

/** Message and details are written for the person who reads them; the cause goes to the log only. */
export class AppError extends Error {
  readonly [FAILURE] = true;
  readonly status: number;
  readonly retryable: boolean;

  constructor(
    readonly code: Code,
    message: string,
    readonly details: Details = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "AppError";
    [this.status, this.retryable] = CODES[code];
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && FAILURE in value;
  }
}
