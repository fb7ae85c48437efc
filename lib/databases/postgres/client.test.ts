import net, { type AddressInfo } from "node:net";
import { beforeAll, expect, test } from "vitest";
import { toAppError } from "@/lib/core/translate";
import { env } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { startProxy } from "@/lib/testing/proxy";
import { openPostgres } from "./client";

beforeAll(async () => void (await database()));

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

test("a server that is away is soon not asked any more, and either way the answer is that it is unavailable", async () => {
  const url = `postgres://quadrant_app:x@127.0.0.1:${await closedPort()}/quadrant`;
  const { reader, guard, close } = openPostgres({ ...env(), DATABASE_URL: url });
  const failure = () => reader.query("select 1").then(() => null, toAppError);
  for (let call = 0; call < 5; call += 1) {
    expect(await failure()).toMatchObject({ code: "unavailable", details: { store: "postgres" } });
  }
  expect(guard.breaker()).toBe("open");
  expect(await failure()).toMatchObject({ code: "unavailable", details: { store: "postgres" } });
  await close();
});

test("a server that is frozen is given up soon after its own limit, and asked anew when it is back", async () => {
  const proxy = await startProxy(env().DATABASE_URL);
  const { reader, app, close } = openPostgres({ ...env(), DATABASE_URL: proxy.url });
  await reader.query("select 1");
  const transaction = await app.begin();
  await transaction.query("select 1");
  proxy.freeze();
  const began = performance.now();
  const failures = await Promise.all(
    [reader.read((db) => db.execute("select 1")), transaction.query("select 1"), transaction.query("select 2")].map(
      (work) => work.then(() => null, toAppError),
    ),
  );
  expect(failures).toMatchObject(Array(3).fill({ code: "unavailable", details: { store: "postgres" } }));
  expect(performance.now() - began).toBeLessThan(9_000);
  transaction.finish();
  const opening = reader.query("select 1").then(() => null, toAppError);
  expect(await opening).toMatchObject({ code: "unavailable" });
  expect(performance.now() - began).toBeLessThan(13_000);
  proxy.thaw();
  await expect.poll(() => reader.query("select 1 as one").catch(() => []), { timeout: 10_000 }).toEqual([{ one: 1 }]);
  await close();
});

test("a long flight of statements is not given up while one after the other ends", async () => {
  const { reader, close } = openPostgres(env());
  const transaction = await reader.begin();
  const naps = Array.from({ length: 3 }, () => transaction.query("select pg_sleep(2.4)"));
  expect(await Promise.all(naps)).toHaveLength(3);
  await transaction.rollback();
  transaction.finish();
  await close();
});
