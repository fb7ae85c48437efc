import { createServer, get, request as send, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { metrics } from "@/lib/core/metrics";
import { endStreams, requestsUnderWay, watchInbound } from "./inbound";

// What a framework would see: the request as it is when the handler is called.
const server = createServer((request, response) => {
  if (request.url === "/stream") {
    response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
    return;
  }
  response.end(JSON.stringify({ method: request.method, headers: request.headers }));
});
let port = 0;

beforeAll(async () => {
  watchInbound();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

function ask(method: string, headers: Record<string, string>): Promise<{ seen: string; answer: IncomingMessage }> {
  return new Promise((resolve, reject) => {
    send({ port, method, headers }, (answer) => {
      let seen = "";
      answer.on("data", (chunk) => (seen += String(chunk)));
      answer.on("end", () => resolve({ seen, answer }));
    })
      .on("error", reject)
      .end();
  });
}

it("drops what only a trusted hop may say and names the peer", async () => {
  const { seen, answer } = await ask("GET", {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    forwarded: "for=203.0.113.9",
    "x-middleware-subrequest": "proxy",
    "content-security-policy": "script-src 'nonce-evil'",
    "x-nonce": "evil",
    accept: "text/html",
  });
  expect(JSON.parse(seen)).toEqual({
    method: "GET",
    headers: {
      host: expect.any(String),
      connection: expect.any(String),
      accept: "text/html",
      "x-forwarded-for": "127.0.0.1",
    },
  });
  expect(answer.headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
});

it("turns a method no Request can carry into one that is refused", async () => {
  expect(JSON.parse((await ask("TRACE", {})).seen)).toMatchObject({ method: "OPTIONS" });
  expect(JSON.parse((await ask("DELETE", {})).seen)).toMatchObject({ method: "DELETE" });
});

it("times every answer under a label of few, whatever was asked", async () => {
  const before = await counted();
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise<void>((done) =>
      get({ port, path: `/no-such-page-${turn}` }, (answer) => answer.resume().on("end", done)),
    );
  }
  await expect.poll(counted).toBe(before + 20);
  const { values } = await metrics().requests.get();
  const routes = new Set(values.map(({ labels }) => labels.route));
  expect([...routes].sort()).toEqual(["/", "other"]);
});

/** How many answers went out under "other". */
async function counted(): Promise<number> {
  const { values } = await metrics().requests.get();
  const found = values.find(({ metricName, labels }) => metricName?.endsWith("_count") && labels.route === "other");
  return found?.value ?? 0;
}

it("counts answers under way and ends streams, which never end by themselves", async () => {
  const closed = new Promise<void>((resolve) => {
    get({ port, path: "/stream" }, (answer) => {
      answer.on("error", () => {});
      answer.on("close", resolve);
      answer.once("data", () => {
        expect(requestsUnderWay()).toBe(1);
        endStreams();
      });
    });
  });
  await closed;
  await expect.poll(requestsUnderWay).toBe(0);
});
