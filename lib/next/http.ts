import "server-only";
import { AppError } from "@/lib/core/errors";
import type { Context, In, Mutation, Operation, Query } from "@/lib/core/operation";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { type ExportQuery, exported } from "@/lib/core/export";
import { loggable, toAppError } from "@/lib/core/translate";
import { type Columns, csvAnswer } from "./download";
import { problem } from "./failure";
import { bodyInput, isDryRun, pathInput, planned, searchInput, versionInput } from "./request";

export type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

export type Handler = (request: Request, context: RouteContext) => Promise<Response>;

/** What the framework knows of a request; tests give their own. */
export type Surroundings = {
  context(): Promise<Context>;
  requestId(): Promise<string>;
  /** Throws AppError `forbidden`. */
  checkOrigin(headers: Headers): void;
  stores(): Stores;
};

/** Names of the path that the operation calls otherwise. */
type Names = Record<string, string>;

type Method = "GET" | "HEAD" | "OPTIONS" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Requests of the API a minute and person, whatever they ask. */
const PER_MINUTE = 1200;

/** Adapters of operations to HTTP: JSON in and out, `If-Match`, `Idempotency-Key`, `dry_run`, `plan`, problem+json. */
export function createRoute(around: Surroundings) {
  /** Every answer of the API goes out through here. */
  function answering(work: (request: Request, context: RouteContext) => Promise<Response>): Handler {
    return async (request, context) => {
      const requestId = await around.requestId();
      const answer = await work(request, context).catch((thrown: unknown) => {
        const error = toAppError(thrown);
        if (error.code === "internal") {
          around.stores().log.error({ request_id: requestId, err: loggable(error) }, "A request failed.");
        }
        return problem(error, requestId);
      });
      answer.headers.set("cache-control", "no-store");
      answer.headers.set("x-request-id", requestId);
      answer.headers.set("ratelimit-policy", `"person";q=${PER_MINUTE};w=60`);
      return answer;
    };
  }

  async function admitted(): Promise<Context> {
    const ctx = await around.context();
    const waitMs = await around.stores().limiter.limit(`api:${ctx.actor.id}`, PER_MINUTE);
    if (waitMs === 0) return ctx;
    throw new AppError("rate_limited", "Too many requests.", { retry_after_seconds: Math.ceil(waitMs / 1000) });
  }

  function get<Q extends Query>(query: Q, names: Names = {}): Handler {
    return answering(async (request, { params }) => {
      const ctx = await admitted();
      const input = { ...searchInput(request.url), ...pathInput(await params, names) };
      return recordAnswer(await ask(query, unparsed<Q>(input), ctx, around.stores()));
    });
  }

  function change<C extends Mutation>(command: C, names: Names = {}): Handler {
    return answering(async (request, { params }) => {
      around.checkOrigin(request.headers);
      const ctx = await admitted();
      const rehearsal = isDryRun(request.url);
      const { plan, ...body } = planned(await bodyInput(request));
      const seen = versionInput(request, command.input, body);
      const input = unparsed<C>({ ...body, ...seen, ...pathInput(await params, names) });
      if (rehearsal) return Response.json(await preview(command, input, ctx, around.stores()));
      const key = request.headers.get("idempotency-key") ?? undefined;
      return recordAnswer(await execute(command, input, ctx, around.stores(), { key, plan }));
    });
  }

  /** All rows of a query as a file, one slice at a time. The first slice is read before anything is answered. */
  function download<Row>(query: ExportQuery<Row>, file: string, columns: Columns<Row>): Handler {
    return answering(async (request, { params }) => {
      const ctx = await admitted();
      const input = { ...searchInput(request.url), ...pathInput(await params, {}) };
      const slices = exported(query, input, ctx, around.stores());
      return csvAnswer(file, columns, slices, await slices.next());
    });
  }

  /** Something every signed-in person may read that is no operation. */
  function document(build: () => object): Handler {
    return answering(async () => {
      await admitted();
      return Response.json(build());
    });
  }

  /** The methods an address does not have, with an answer that says which it has. */
  function rest(...has: Method[]): Record<Method, Handler> {
    const allow = [...has, ...(has.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
    const refuse = answering(async () => {
      throw new AppError("method_not_allowed", `This address has ${allow}.`);
    });
    const refusing: Handler = async (request, context) => {
      const answer = await refuse(request, context);
      answer.headers.set("allow", allow);
      return answer;
    };
    const listing: Handler = async () => new Response(null, { status: 204, headers: { allow } });
    return {
      GET: refusing,
      HEAD: refusing,
      OPTIONS: listing,
      POST: refusing,
      PUT: refusing,
      PATCH: refusing,
      DELETE: refusing,
    };
  }

  return { get, post: change, patch: change, delete: change, download, document, rest };
}

/** A record, or what a command saved, carries its version as ETag. */
function recordAnswer(value: unknown): Response {
  const version = typeof value === "object" && value !== null && "version" in value ? value.version : undefined;
  return Response.json(value, typeof version === "number" ? { headers: { etag: `"${version}"` } } : {});
}

/** Safe because the runner parses every input before it uses one. */
function unparsed<Op extends Operation>(input: object): In<Op> {
  return input as In<Op>;
}
