// What every act of the operator has in common: whether there is one, and what it means when the server refuses it.
import "server-only";
import { AppError } from "@/lib/core/errors";
import type { Pool } from "@/lib/databases/postgres/pool";
import type { PostgresWatch } from "@/lib/databases/postgres/watch";

const NO_OPERATOR = "The console has no operator on this server: set OPERATOR_DATABASE_URL.";

/** Why nothing can be done at all; null when it can. */
export function noOperator({ operator }: PostgresWatch): string | null {
  return operator ? null : NO_OPERATOR;
}

export function operatorOf({ operator }: PostgresWatch): Pool {
  if (!operator) throw new AppError("conflict", NO_OPERATOR);
  return operator;
}

/** Names the grant when the operator lacks a right; other failures keep their own meaning. */
export async function permitted<T>(watch: PostgresWatch, right: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) === "42501") throw lacks(watch, right, error);
    throw error;
  }
}

export function lacks({ roles }: PostgresWatch, right: string, cause?: unknown): AppError {
  const message = `The operator may not do this. Grant it: GRANT ${right} TO ${roles.operator ?? "the operator"};`;
  return new AppError("conflict", message, {}, { cause });
}

export function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

export function megabytes(bytes: number): string {
  return bytes < 2 ** 20
    ? `${Math.ceil(bytes / 1024)} KB`
    : `${Math.round(bytes / 2 ** 20).toLocaleString("en-US")} MB`;
}
