import { readdir } from "node:fs/promises";
import path from "node:path";
import { validate } from "@readme/openapi-parser";
import { describe, expect, it } from "vitest";
import { operations } from "@/lib/registry";
import { API } from "./api-table";
import { openapi } from "./openapi";

const ROOT = path.join(import.meta.dirname, "../../app/api/v1");

describe("the description of the API", () => {
  it("is valid OpenAPI 3.1", async () => {
    const document = JSON.parse(JSON.stringify(openapi()));
    expect(document.openapi).toBe("3.1.0");
    expect(await validate(document)).toMatchObject({ valid: true });
  });

  it("names operations of the registry, each kind by its method", () => {
    expect(API.length).toBeGreaterThan(0);
    for (const { method, action } of API) {
      expect(operations.get(action)?.kind === "query", action).toBe(method === "get");
    }
  });

  it("has one address for every route file", async () => {
    const files = (await readdir(ROOT, { recursive: true })).filter((file) => path.basename(file) === "route.ts");
    const addresses = files.map((file) => `/api/v1/${path.dirname(file).replaceAll("[", "{").replaceAll("]", "}")}`);
    const described = new Set<string>([...API.map((entry) => entry.path), "/api/v1/openapi.json"]);
    expect(addresses.sort()).toEqual([...described].sort());
  });

  it("asks for what the operation asks for", () => {
    expect(openapi()).toMatchObject({
      paths: {
        "/api/v1/users": { get: { operationId: "user.list", "x-permission": "users.read" } },
        "/api/v1/users/{id}/suspend": {
          post: {
            parameters: expect.arrayContaining([
              expect.objectContaining({ name: "id", in: "path" }),
              expect.objectContaining({ name: "If-Match", required: true }),
            ]),
            requestBody: {
              content: {
                "application/json": {
                  schema: {
                    required: ["reason"],
                    properties: { plan: { type: "string" } },
                    additionalProperties: false,
                  },
                },
              },
            },
          },
        },
      },
    });
  });
});
