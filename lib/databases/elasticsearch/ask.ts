// One request to Elasticsearch whose answer is checked for what is used of it; and what a refusal of it means.
import "server-only";
import { type Client, errors } from "@elastic/elasticsearch";
import { z } from "zod";
import { reasonOf } from "../probe";
import type { Blind } from "../schema";

export type Ask = {
  method?: "GET" | "POST" | "PUT";
  path: string;
  query?: Record<string, string | number | boolean>;
  body?: object;
  timeoutMs?: number;
};

/** Throws what the client throws. `path` holds no name that was not checked before. */
export async function ask<T extends z.ZodType>(client: Client, request: Ask, shape: T): Promise<z.output<T>> {
  const { method = "GET", path, query = {}, body, timeoutMs } = request;
  const options = timeoutMs === undefined ? {} : { requestTimeout: timeoutMs };
  const params = { method, path, querystring: query, ...(body && { body }) };
  const answer = shape.safeParse(await client.transport.request<unknown>(params, options));
  if (!answer.success)
    throw new Error(`Elasticsearch answered ${path} in a form nobody knows.`, { cause: answer.error });
  return answer.data;
}

/** What a monitor needs to read everything the console shows. */
export const MONITOR_ROLE = `PUT _security/role/quadrant_monitor
{
  "cluster": ["monitor"],
  "indices": [
    {
      "names": ["*"],
      "privileges": ["monitor", "view_index_metadata"],
      "allow_restricted_indices": true
    }
  ]
}`;

/** A check that failed for a reason of its own; null when Elasticsearch did not answer at all. */
function blindOf(check: string, error: unknown): Blind | null {
  if (!(error instanceof errors.ResponseError)) return null;
  const { statusCode } = error;
  if (statusCode === 401 || statusCode === 403) {
    return { check, kind: "denied", why: "The user of the console may not read this.", grant: MONITOR_ROLE };
  }
  const isAbsent = statusCode === 404 || (statusCode === 400 && error.message.includes("no handler found"));
  if (isAbsent) return { check, kind: "not_reported", why: "This server has no such thing.", grant: null };
  return null;
}

export type Checks = {
  readonly blind: Blind[];
  /** The answer, or null when the check is blind. */
  run<T>(check: string, work: Promise<T>): Promise<T | null>;
};

/** `strict` throws when Elasticsearch is away, for a page that has to say so; a collector notes it and goes on. */
export function checks(strict: boolean): Checks {
  const blind: Blind[] = [];
  return {
    blind,
    async run(check, work) {
      try {
        return await work;
      } catch (error) {
        const known = blindOf(check, error);
        if (!known && strict) throw error;
        blind.push(known ?? { check, kind: "slow", why: `Elasticsearch ${reasonOf(error)}.`, grant: null });
        return null;
      }
    },
  };
}

/** The `type` of a refusal, as `index_not_found_exception`; null for every other failure. */
export function refusalOf(error: unknown): { status: number; type: string } | null {
  if (!(error instanceof errors.ResponseError)) return null;
  const body = z.object({ error: z.object({ type: z.string() }) }).safeParse(error.body);
  return { status: error.statusCode ?? 0, type: body.success ? body.data.error.type : "" };
}
