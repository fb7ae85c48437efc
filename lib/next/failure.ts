import "server-only";
import { STATUS_CODES } from "node:http";
import type { AppError, Code } from "@/lib/core/errors";
import { toAppError } from "@/lib/core/translate";

/** What a page or a form may know of a failure; `request_id` leads to its line in the log. */
export type Failure = {
  code: Code;
  message: string;
  store?: string;
  fields?: Record<string, string[]>;
  current?: unknown;
  wanted?: unknown;
  preview?: unknown;
  retry_after_seconds?: number;
  request_id: string;
};

export function toFailure(error: unknown, requestId: string): Failure {
  const { code, message, details } = toAppError(error);
  const { constraint: _constraint, ...shown } = details;
  return { code, message, ...shown, request_id: requestId };
}

/** The same as `application/problem+json`. */
export function problem(error: AppError, requestId: string, headers: HeadersInit = {}): Response {
  const { code, message, request_id, ...details } = toFailure(error, requestId);
  const title = STATUS_CODES[error.status] ?? "Error";
  const body = { type: "about:blank", title, status: error.status, code, detail: message, ...details, request_id };
  const answer = Response.json(body, { status: error.status, headers });
  answer.headers.set("content-type", "application/problem+json");
  if (details.retry_after_seconds !== undefined) {
    answer.headers.set("retry-after", String(details.retry_after_seconds));
  }
  return answer;
}
