import { randomUUID } from "node:crypto";
import mongoose from "mongoose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { env } from "@/lib/env";
import { context, staff } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { getProfile } from "./queries";

type Document = { _id: string } & Record<string, unknown>;

let stores: Stores;
const connection = mongoose.createConnection(env().MONGODB_URI);

beforeAll(async () => {
  stores = await testStores();
});

afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

async function written(fields: Record<string, unknown>): Promise<string> {
  const id = randomUUID();
  const { db } = await connection.asPromise();
  await db?.collection<Document>("profiles").insertOne({ _id: id, ...fields });
  return id;
}

const read = async (id: string, from = stores) => ask(getProfile, { id }, context(await staff("support")), from);

test("a profile is answered without what is not part of it", async () => {
  const updated_at = new Date("2026-11-01T10:00:00Z");
  const attributes = { team: { t: "string", v: "Blue" }, born: { t: "date", v: new Date("1990-05-01T00:00:00Z") } };
  const id = await written({ revision: 3, first_name: "Ana", attributes, updated_at, secret: "kept" });
  expect(await read(id)).toEqual({
    id,
    revision: 3,
    first_name: "Ana",
    last_name: null,
    avatar_url: null,
    bio: null,
    attributes: { team: { t: "string", v: "Blue" }, born: { t: "date", v: "1990-05-01T00:00:00.000Z" } },
    updated_at: "2026-11-01T10:00:00.000Z",
  });
});

test("a person without a profile has none", async () => {
  expect(await read(randomUUID())).toBeNull();
});

test("who may not read profiles is refused", async () => {
  const ops = context(await staff("ops"));
  expect(await outcomeOf(ask(getProfile, { id: randomUUID() }, ops, stores))).toBe("forbidden");
});

test("without MongoDB the answer is that it is away", async () => {
  const away = await testStores({ env: { MONGODB_URI: "mongodb://127.0.0.1:1/none?serverSelectionTimeoutMS=500" } });
  expect(await outcomeOf(read(randomUUID(), away))).toBe("unavailable");
});
