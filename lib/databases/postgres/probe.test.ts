import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { env } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { startProxy } from "@/lib/testing/proxy";
import { askOnce } from "../probe";
import { postgresProbe } from "./probe";

beforeAll(async () => void (await database()));

test("a server that was stopped refuses the connection at each probe, and answers the first one after it", async () => {
  const proxy = await startProxy(env().MONITOR_DATABASE_URL);
  const probe = postgresProbe(proxy.url);
  expect(await askOnce(probe)).toMatchObject({ ok: true, answer: { version: expect.stringMatching(/^\d/) } });
  await proxy.stop();
  // Until the end of the old connection has arrived here.
  await sleep(100);
  for (let time = 0; time < 12; time += 1) {
    const outcome = await askOnce(probe);
    expect(outcome, `probe ${time}`).toMatchObject({ ok: false, reason: "refused the connection" });
  }
  await proxy.resume();
  expect(await askOnce(probe)).toMatchObject({ ok: true });
  await probe.close();
});

test("a server that is frozen does not answer in time, and what was asked then is not in the way afterwards", async () => {
  const proxy = await startProxy(env().MONITOR_DATABASE_URL);
  const probe = postgresProbe(proxy.url);
  expect(await askOnce(probe)).toMatchObject({ ok: true });
  proxy.freeze();
  for (let time = 0; time < 3; time += 1) {
    expect(await askOnce(probe)).toMatchObject({ ok: false, reason: "did not answer in 1.5 s" });
  }
  proxy.thaw();
  expect(await askOnce(probe)).toMatchObject({ ok: true });
  await probe.close();
});
