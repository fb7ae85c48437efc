import { describe, expect, it } from "vitest";
import { parseEnv } from "./env";

const engines = {
  DATABASE_URL: "postgres://app@db/quadrant",
  SYSTEM_DATABASE_URL: "postgres://system@db/quadrant",
  AUDIT_DATABASE_URL: "postgres://auditor@db/quadrant",
  MONITOR_DATABASE_URL: "postgres://monitor@db/quadrant",
  MONGODB_URI: "mongodb://db/quadrant",
  REDIS_URL: "redis://cache",
  ELASTICSEARCH_URL: "http://search:9200",
};
const production = {
  ...engines,
  QUADRANT_SECRET: "x".repeat(32),
  QUADRANT_URL: "https://console.example.com",
  QUADRANT_CHECKPOINT_PUBLIC_KEY: "key",
};

describe("settings", () => {
  it("are complete in production, with nothing made up", () => {
    expect(parseEnv(production)).toMatchObject({ ...production, PORT: 3000, QUADRANT_NAMESPACE: "" });
  });

  it.each(Object.keys(production))("end the start with the name of a missing %s", (name) => {
    expect(() => parseEnv({ ...production, [name]: undefined })).toThrow(`${name} is missing`);
    expect(() => parseEnv({ ...production, [name]: "" })).toThrow(`${name} is missing`);
  });

  it("name a secret that is too short without showing it", () => {
    const start = () => parseEnv({ ...production, QUADRANT_SECRET: "hunter2" });
    expect(start).toThrow("QUADRANT_SECRET is shorter than 32 characters");
    expect(start).not.toThrow("hunter2");
  });

  it("name every fault at once", () => {
    const start = () => parseEnv({ ...production, DATABASE_URL: "mysql://db", MONGODB_URI: undefined });
    expect(start).toThrow("DATABASE_URL is not a postgres:// address; MONGODB_URI is missing");
  });

  it("let only a local stack do without Redis and Elasticsearch", () => {
    const { REDIS_URL: _redis, ELASTICSEARCH_URL: _search, ...rest } = production;
    expect(() => parseEnv(rest)).toThrow("REDIS_URL is missing; ELASTICSEARCH_URL is missing");
    expect(parseEnv({ ...rest, QUADRANT_STACK: "local" }).REDIS_URL).toBeUndefined();
  });
});
