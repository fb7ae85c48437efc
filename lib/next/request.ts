import "server-only";
import { AppError } from "@/lib/core/errors";
import type { Strict } from "@/lib/core/operation";

export const MAX_BODY_BYTES = 100_000;

type Params = Record<string, string | string[] | undefined>;

/** The query string as an input; a name that stands twice becomes a list, which only lists accept. */
export function searchInput(url: string): Record<string, unknown> {
  const { searchParams } = new URL(url);
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => {
      const values = searchParams.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

/** A JSON object of at most 100 kB; no body at all is an empty one. */
export async function bodyInput(request: Request): Promise<Record<string, unknown>> {
  const text = await boundedText(request);
  if (text === "") return {};
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new AppError("malformed", "Send the body as application/json.");
  const value = parsed(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AppError("malformed", "The body has to be a JSON object.");
  }
  return { ...value };
}

/** A body with the plan of its dry run, which no operation knows as a field of its own. */
export function planned({ plan, ...fields }: Record<string, unknown>): { plan?: string; [field: string]: unknown } {
  if (plan === undefined) return fields;
  if (typeof plan === "string") return { ...fields, plan };
  throw new AppError("invalid", "The plan is no text.", { fields: { plan: ["is not the plan of a dry run"] } });
}

export async function boundedText(request: Request): Promise<string> {
  const tooLarge = new AppError("too_large", `A body may have ${MAX_BODY_BYTES / 1000} kB at most.`);
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  // A body that came in pieces may not say how long it is.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw tooLarge;
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new AppError("malformed", "The body is not UTF-8.", {}, { cause });
  }
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("malformed", "The body is not valid JSON.", {}, { cause });
  }
}

/** The version of the record the caller saw, from `If-Match`. Throws when the operation needs one and none is given. */
export function versionInput(request: Request, schema: Strict, body: object): { version?: number } {
  if (!("version" in schema.shape)) return {};
  const given = request.headers.get("if-match");
  if (given === null) {
    if ("version" in body) return {};
    throw refused("If-Match is required: send the ETag of the record you read.");
  }
  const version = /^"(\d{1,9})"$/.exec(given)?.[1];
  if (version === undefined) throw refused('If-Match has to be one ETag as this API gave it, such as "7".');
  return { version: Number(version) };
}

function refused(message: string): AppError {
  return new AppError("invalid", message, { fields: { "If-Match": [message] } });
}

/** Commands know one parameter; a slip in its name must not turn a rehearsal into the real thing. */
export function isDryRun(url: string): boolean {
  for (const [name, value] of new URL(url).searchParams) {
    if (name !== "dry_run") throw unknownParameter(name, "is not a parameter of this operation");
    if (value !== "true" && value !== "false") throw unknownParameter(name, "is true or false");
    if (value === "true") return true;
  }
  return false;
}

function unknownParameter(name: string, problem: string): AppError {
  return new AppError("invalid", `${name} ${problem}.`, { fields: { [name]: [problem] } });
}

/** What the path says, under the names the operation knows. */
export function pathInput(params: Params | undefined, names: Record<string, string>): Record<string, unknown> {
  // Next gives nothing at all to an address without a parameter, whatever its types say
  return Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [names[name] ?? name, value]));
}
