import net, { type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { toAppError } from "@/lib/core/translate";
import { env } from "@/lib/env";
import { openPostgres } from "./client";

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
