import "server-only";
import { z } from "zod";
import type { Operation } from "@/lib/core/operation";
import { operations } from "@/lib/registry";
import type { ApiEntry } from "./api-entry";
import { API } from "./api-table";
import { ANSWERS } from "./api-answers";

type Json = Record<string, unknown>;

const REFUSALS = {
  "400": "Malformed",
  "401": "Not signed in",
  "403": "Not allowed, or from a foreign origin",
  "404": "No such record",
  "422": "Values that cannot be used, by path",
  "429": "Too many requests",
  "503": "A store is away or busy",
};

/** OpenAPI 3.1 of the whole API: inputs from the zod schemas of the operations, addresses from the table. */
export function openapi(): Json {
  const paths: Record<string, Json> = {};
  for (const entry of API) {
    const operation = operations.get(entry.action);
    if (!operation) throw new Error(`The API names ${entry.action}, which the registry lacks.`);
    paths[entry.path] = { ...paths[entry.path], [entry.method]: describe(entry, operation) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Quadrant", version: "1", description: "The operations of the console, over HTTP." },
    servers: [{ url: "/" }],
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "__Host-quadrant-session" } },
      schemas: ANSWERS,
    },
  };
}

const PLAN = {
  type: "string",
  description: "The plan that a dry run answered: only what it showed is carried out. Good for 10 minutes.",
};

function describe(entry: ApiEntry, operation: Operation): Json {
  const { path, names = {}, answer, summary } = entry;
  const { properties, required } = inputSchema(operation);
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  const taken = new Set(inPath.map((name) => names[name] ?? name));
  const own = Object.entries(properties).filter(([name]) => !taken.has(name));
  const pathParameters = inPath.map((name) => ({
    name,
    in: "path",
    required: true,
    schema: properties[names[name] ?? name] ?? { type: "string" },
  }));
  const isCommand = operation.kind !== "query";
  return {
    operationId: operation.action,
    summary,
    "x-permission": operation.permission,
    parameters: [...pathParameters, ...(isCommand ? commandParameters(properties) : queryParameters(own, required))],
    ...(isCommand && bodyOf(own, required)),
    responses: responsesOf(answer, isCommand),
  };
}

function inputSchema({ input }: Operation): { properties: Record<string, Json>; required: readonly string[] } {
  const schema = z.toJSONSchema(input, { io: "input", target: "draft-2020-12", unrepresentable: "any" });
  return {
    properties: z.record(z.string(), z.looseObject({})).parse(schema.properties ?? {}),
    required: schema.required ?? [],
  };
}

function queryParameters(own: [string, Json][], required: readonly string[]): Json[] {
  return own.map(([name, schema]) => ({ name, in: "query", required: required.includes(name), schema }));
}

function commandParameters(properties: Record<string, Json>): Json[] {
  const text = { type: "string" };
  return [
    ...("version" in properties
      ? [
          {
            name: "If-Match",
            in: "header",
            required: true,
            schema: text,
            description: "The ETag of the record you read.",
          },
        ]
      : []),
    { name: "Idempotency-Key", in: "header", schema: { ...text, minLength: 8, maxLength: 255 } },
    { name: "dry_run", in: "query", schema: { type: "boolean" }, description: "Answers what would be touched." },
  ];
}

function bodyOf(own: [string, Json][], required: readonly string[]): Json {
  const fields = own.filter(([name]) => name !== "version");
  const needed = fields.map(([name]) => name).filter((name) => required.includes(name));
  const schema = {
    type: "object",
    properties: { ...Object.fromEntries(fields), plan: PLAN },
    additionalProperties: false,
    ...(needed.length > 0 && { required: needed }),
  };
  return { requestBody: { required: needed.length > 0, content: { "application/json": { schema } } } };
}

function responsesOf(answer: string, isCommand: boolean): Json {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const problem = { "application/problem+json": { schema: ref("Problem") } };
  const done = isCommand ? { anyOf: [ref(answer), ref("Preview")] } : ref(answer);
  const refusals = isCommand
    ? { ...REFUSALS, "409": "Against a rule", "412": "Changed since it was read", "413": "Body too large" }
    : REFUSALS;
  return {
    "200": { description: "Done", content: { [answer === "Csv" ? "text/csv" : "application/json"]: { schema: done } } },
    ...Object.fromEntries(
      Object.entries(refusals).map(([code, description]) => [code, { description, content: problem }]),
    ),
  };
}
