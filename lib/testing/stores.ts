// Stores for tests: the real ones, on the database and under the names of this test file.
import { afterAll } from "vitest";
import type { Operation } from "@/lib/core/operation";
import { type Stores, closeStores, openStores } from "@/lib/core/stores";
import { type Env, env } from "@/lib/env";
import { operations as registered } from "@/lib/registry";
import { database } from "./database";

type Choices = {
  /** Addresses to replace, such as a proxy or a port where nothing listens. */
  env?: Partial<Env>;
  /** Operations beside those of the registry. */
  operations?: readonly Operation[];
};

/** Opens stores and closes them after the file's last test. */
export async function testStores({ env: overrides = {}, operations = [] }: Choices = {}): Promise<Stores> {
  await database();
  const all = new Map([...registered, ...operations.map((operation) => [operation.action, operation] as const)]);
  const stores = openStores(all, { ...env(), ...overrides });
  afterAll(() => closeStores(stores));
  return stores;
}
