import { expect, test } from "vitest";
import { ROLE_DEFAULTS, ROLES, type Role } from "@/lib/auth/permissions";
import { outcomeOf } from "@/lib/testing/observe";
import { operations } from "@/lib/registry";
import type { Context, Operation } from "./operation";
import { ask, execute, preview } from "./run";
import type { Stores } from "./stores";

/** Who may do what on a new platform. A line that changes here is a decision, not a detail. */
const ACCESS: Record<string, readonly Role[]> = {
  "alert.acknowledge": ["superadmin", "ops"],
  "alert.channel-create": ["superadmin", "ops"],
  "alert.channel-delete": ["superadmin", "ops"],
  "alert.channel-edit": ["superadmin", "ops"],
  "alert.channel-restore": ["superadmin", "ops"],
  "alert.channel-test": ["superadmin", "ops"],
  "alert.channels": ["superadmin", "ops", "auditor"],
  "alert.counts": ["superadmin", "ops", "auditor"],
  "alert.deliveries": ["superadmin", "ops", "auditor"],
  "alert.delivery-replay": ["superadmin", "ops"],
  "alert.list": ["superadmin", "ops", "auditor"],
  "alert.rule-create": ["superadmin", "ops"],
  "alert.rule-delete": ["superadmin", "ops"],
  "alert.rule-edit": ["superadmin", "ops"],
  "alert.rule-mute": ["superadmin", "ops"],
  "alert.rule-restore": ["superadmin", "ops"],
  "alert.rule-unmute": ["superadmin", "ops"],
  "alert.rules": ["superadmin", "ops", "auditor"],
  "alert.try": ["superadmin", "ops", "auditor"],
  "alert.unacknowledge": ["superadmin", "ops"],
  "approval.approve": ["superadmin", "admin"],
  "approval.counts": ["superadmin", "admin", "auditor"],
  "approval.decline": ["superadmin", "admin"],
  "approval.get": ["superadmin", "admin", "auditor"],
  "approval.list": ["superadmin", "admin", "auditor"],
  "approval.request": ["superadmin", "admin", "auditor"],
  "approval.withdraw": ["superadmin", "admin", "auditor"],
  "audit.facets": ["superadmin", "auditor"],
  "audit.get": ["superadmin", "auditor"],
  "audit.list": ["superadmin", "auditor"],
  "audit.status": ["superadmin", "auditor"],
  "audit.verify": ["superadmin", "auditor"],
  "health.elasticsearch.cancel-task": ["superadmin", "ops"],
  "health.elasticsearch.clear-block": ["superadmin", "ops"],
  "health.elasticsearch.explain": ["superadmin", "ops", "auditor"],
  "health.elasticsearch.force-merge": ["superadmin", "ops"],
  "health.elasticsearch.indices": ["superadmin", "ops", "auditor"],
  "health.elasticsearch.nodes": ["superadmin", "ops", "auditor"],
  "health.elasticsearch.refresh": ["superadmin", "ops"],
  "health.elasticsearch.report": ["superadmin", "ops", "auditor"],
  "health.elasticsearch.retry-allocation": ["superadmin", "ops"],
  "health.elasticsearch.shards": ["superadmin", "ops", "auditor"],
  "health.elasticsearch.tasks": ["superadmin", "ops", "auditor"],
  "health.engine": ["superadmin", "ops", "auditor"],
  "health.get": ["superadmin", "ops", "auditor"],
  "health.history": ["superadmin", "ops", "auditor"],
  "health.maintenance": ["superadmin", "ops", "auditor"],
  "health.marks": ["superadmin", "ops", "auditor"],
  "health.mongodb.collections": ["superadmin", "ops", "auditor"],
  "health.mongodb.create-index": ["superadmin", "ops"],
  "health.mongodb.drop-index": ["superadmin", "ops"],
  "health.mongodb.kill-operation": ["superadmin", "ops"],
  "health.mongodb.members": ["superadmin", "ops", "auditor"],
  "health.mongodb.operations": ["superadmin", "ops", "auditor"],
  "health.mongodb.slow": ["superadmin", "ops", "auditor"],
  "health.mongodb.validate": ["superadmin", "ops", "auditor"],
  "health.postgres.bloat": ["superadmin", "ops", "auditor"],
  "health.postgres.cancel-query": ["superadmin", "ops"],
  "health.postgres.explain": ["superadmin", "ops"],
  "health.postgres.indexes": ["superadmin", "ops", "auditor"],
  "health.postgres.locks": ["superadmin", "ops", "auditor"],
  "health.postgres.reindex": ["superadmin", "ops"],
  "health.postgres.replication": ["superadmin", "ops", "auditor"],
  "health.postgres.reset-statements": ["superadmin", "ops"],
  "health.postgres.sessions": ["superadmin", "ops", "auditor"],
  "health.postgres.settings": ["superadmin", "ops", "auditor"],
  "health.postgres.statements": ["superadmin", "ops", "auditor"],
  "health.postgres.tables": ["superadmin", "ops", "auditor"],
  "health.postgres.terminate": ["superadmin", "ops"],
  "health.postgres.vacuum": ["superadmin", "ops"],
  "health.postgres.vacuum-state": ["superadmin", "ops", "auditor"],
  "health.redis.clients": ["superadmin", "ops", "auditor"],
  "health.redis.commands": ["superadmin", "ops", "auditor"],
  "health.redis.delete-keys": ["superadmin", "ops"],
  "health.redis.keys": ["superadmin", "ops", "auditor"],
  "health.redis.kill-client": ["superadmin", "ops"],
  "health.redis.latency": ["superadmin", "ops", "auditor"],
  "health.redis.purge-memory": ["superadmin", "ops"],
  "health.redis.reset-slowlog": ["superadmin", "ops"],
  "health.redis.rights": ["superadmin", "ops", "auditor"],
  "health.redis.slowlog": ["superadmin", "ops", "auditor"],
  "health.redis.state": ["superadmin", "ops", "auditor"],
  "maintenance.end": ["superadmin", "ops"],
  "maintenance.start": ["superadmin", "ops"],
  "plan.activate": ["superadmin", "admin"],
  "plan.add-price": ["superadmin", "admin"],
  "plan.counts": ["superadmin", "admin", "support", "auditor"],
  "plan.create": ["superadmin", "admin"],
  "plan.edit": ["superadmin", "admin"],
  "plan.get": ["superadmin", "admin", "support", "auditor"],
  "plan.list": ["superadmin", "admin", "support", "auditor"],
  "plan.retire": ["superadmin", "admin"],
  "plan.retire-price": ["superadmin", "admin"],
  "processor-event.conclude": ["superadmin", "admin"],
  "processor-event.list": ["superadmin", "admin", "support", "auditor"],
  "processor-event.receive": ["superadmin", "admin"],
  "profile.get": ["superadmin", "admin", "support", "auditor"],
  "revenue.check": ["superadmin", "admin", "auditor"],
  "revenue.figures": ["superadmin", "admin", "auditor"],
  "revenue.months": ["superadmin", "admin", "auditor"],
  "revenue.rebuild": ["superadmin", "admin"],
  "session.list": ["superadmin", "admin", "support", "auditor"],
  "session.revoke": ["superadmin", "admin", "support"],
  "subscription.add-credit": ["superadmin", "admin"],
  "subscription.apply-change": ["superadmin", "admin"],
  "subscription.cancel": ["superadmin", "admin"],
  "subscription.change-plan": ["superadmin", "admin"],
  "subscription.change-quantity": ["superadmin", "admin"],
  "subscription.collect-again": ["superadmin", "admin"],
  "subscription.comp": ["superadmin", "admin"],
  "subscription.count": ["superadmin", "admin", "support", "auditor"],
  "subscription.counts": ["superadmin", "admin", "support", "auditor"],
  "subscription.create": ["superadmin", "admin"],
  "subscription.detail": ["superadmin", "admin", "support", "auditor"],
  "subscription.drop-change": ["superadmin", "admin"],
  "subscription.end": ["superadmin", "admin"],
  "subscription.end-pause": ["superadmin", "admin"],
  "subscription.export": ["superadmin", "admin", "support", "auditor"],
  "subscription.extend-trial": ["superadmin", "admin"],
  "subscription.get": ["superadmin", "admin", "support", "auditor"],
  "subscription.keep": ["superadmin", "admin"],
  "subscription.lapse": ["superadmin", "admin"],
  "subscription.ledger": ["superadmin", "admin", "support", "auditor"],
  "subscription.ledger-export": ["superadmin", "admin", "support", "auditor"],
  "subscription.list": ["superadmin", "admin", "support", "auditor"],
  "subscription.observe": ["superadmin", "admin"],
  "subscription.of-user": ["superadmin", "admin", "support", "auditor"],
  "subscription.pause": ["superadmin", "admin"],
  "subscription.pause-collection": ["superadmin", "admin"],
  "subscription.record-payment": ["superadmin", "admin"],
  "subscription.refund-payment": ["superadmin", "admin"],
  "subscription.renew": ["superadmin", "admin"],
  "subscription.resume": ["superadmin", "admin"],
  "subscription.retry-payment": ["superadmin", "admin"],
  "subscription.settle": ["superadmin", "admin"],
  "subscription.take-back-credit": ["superadmin", "admin"],
  "subscription.totals": ["superadmin", "admin", "support", "auditor"],
  "subscription.write-off": ["superadmin", "admin"],
  "transaction.get": ["superadmin", "admin", "support", "auditor"],
  "transaction.list": ["superadmin", "admin", "support", "auditor"],
  "user.count": ["superadmin", "admin", "support", "ops", "auditor"],
  "user.edit": ["superadmin", "admin"],
  "user.figures": ["superadmin", "admin", "support", "ops", "auditor"],
  "user.get": ["superadmin", "admin", "support", "auditor"],
  "user.list": ["superadmin", "admin", "support", "auditor"],
  "user.reactivate": ["superadmin", "admin"],
  "user.sign-out": ["superadmin", "admin", "support"],
  "user.suggest": ["superadmin", "admin", "support", "auditor"],
  "user.suspend": ["superadmin", "admin"],
};

/** No store answers: whoever is refused must not reach one, and whoever is not stops at the input. */
function emptyStores(): Stores {
  const present: Partial<Stores> = {
    limiter: { limit: () => Promise.resolve(0) },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  };
  return new Proxy(present as Stores, {
    get(stores, key) {
      if (key in stores) return Reflect.get(stores, key);
      throw new Error(`The store ${String(key)} was asked.`);
    },
  });
}

function asRole(role: Role | null): Context {
  const permissions = new Set(role ? ROLE_DEFAULTS[role] : []);
  return {
    requestId: "matrix",
    origin: "ui",
    actor: { kind: "user", id: "nobody", session: null, epoch: 0, permissions },
  };
}

/** Calls with an input no operation accepts. */
function call(operation: Operation, role: Role | null): Promise<unknown>[] {
  const [input, ctx, stores] = [{ "no such field": true }, asRole(role), emptyStores()];
  if (operation.kind === "query") return [ask(operation, input, ctx, stores)];
  return [execute(operation, input, ctx, stores), preview(operation, input, ctx, stores)];
}

test("the table names every operation", () => {
  expect([...operations.keys()].sort()).toEqual(Object.keys(ACCESS));
});

test.each([...operations.values()].map((operation) => [operation.action, operation] as const))(
  "%s opens to exactly the roles of the table, before its input is read",
  async (action, operation) => {
    for (const role of [...ROLES, null]) {
      const expected = role && ACCESS[action]?.includes(role) ? "invalid" : "forbidden";
      for (const work of call(operation, role)) expect([role, await outcomeOf(work)]).toEqual([role, expected]);
    }
  },
);

test("what a role may do is what its permissions say", () => {
  for (const role of ROLES) {
    const allowed = [...operations.values()].filter(({ permission }) => ROLE_DEFAULTS[role].includes(permission));
    const listed = Object.keys(ACCESS).filter((action) => ACCESS[action]?.includes(role));
    expect(allowed.map(({ action }) => action).sort()).toEqual(listed);
  }
});
