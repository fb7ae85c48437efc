import { beforeAll, expect, it } from "vitest";
import { approveRequest, requestApproval } from "@/lib/approvals/commands";
import { getApproval } from "@/lib/approvals/queries";
import type { Actor } from "@/lib/core/operation";
import type { Stores } from "@/lib/core/stores";
import { context, person, staff } from "@/lib/testing/factories";
import { refund } from "@/lib/testing/refund";
import { testStores } from "@/lib/testing/stores";
import { createRoute, type Handler } from "./http";

let stores: Stores;
let asking: Actor;
let deciding: Actor;
let actor: Actor;

const route = createRoute({
  context: async () => context(actor, { origin: "api" }),
  requestId: async () => "request-1",
  checkOrigin: () => {},
  stores: () => stores,
});

const routes = {
  refund: route.post(refund),
  request: route.post(requestApproval),
  approve: route.post(approveRequest),
  get: route.get(getApproval),
};

beforeAll(async () => {
  stores = await testStores({ operations: [refund] });
  [asking, deciding] = [await staff("admin"), await staff()];
});

async function call(as: Actor, handler: Handler, id?: string, body?: object, query = "", key?: string) {
  actor = as;
  const headers = { "content-type": "application/json", ...(key && { "idempotency-key": key }) };
  const init = body && { method: "POST", body: JSON.stringify(body), headers };
  const request = new Request(`http://console.test/api/v1/x${query}`, init);
  const answer = await handler(request, { params: Promise.resolve(id === undefined ? {} : { id }) });
  return { status: answer.status, json: await answer.json() };
}

it("over the limit the API refuses, takes the request, and carries it out for another person with its plan", async () => {
  const { id } = await person();
  const input = { version: 1, minor: 50_000, reason: "Charged twice" };
  const dry = await call(asking, routes.refund, id, input, "?dry_run=true");
  expect(dry.json).toMatchObject({ approval: "Over $100.00.", money: [{ currency: "USD", due_minor: -50_000 }] });
  const refused = await call(asking, routes.refund, id, input);
  expect(refused).toMatchObject({
    status: 409,
    json: { code: "approval_required", detail: "Over $100.00.", preview: { will: 1 } },
  });

  const asked = await call(asking, routes.request, undefined, { action: refund.action, input: { id, ...input } });
  expect(asked).toMatchObject({ status: 200, json: { version: 1, after: { status: "waiting", target_id: id } } });
  const request = asked.json.id;
  expect((await call(asking, routes.approve, request, {}, "?dry_run=true")).status).toBe(403);
  expect((await call(deciding, routes.approve, request, {})).json).toMatchObject({ code: "invalid" });
  const { plan } = (await call(deciding, routes.approve, request, {}, "?dry_run=true")).json;
  const done = await call(deciding, routes.approve, request, { plan }, "", "one-click");
  expect(done).toMatchObject({ status: 200, json: { id, version: 2 } });
  expect((await call(asking, routes.get, request)).json).toMatchObject({ status: "approved", mine: true });
  expect((await call(deciding, routes.approve, request, { plan })).status).toBe(409);
  expect((await call(deciding, routes.approve, request, { plan }, "", "another-click")).status).toBe(409);
  expect(await call(deciding, routes.approve, request, { plan }, "", "one-click")).toEqual(done);
});
