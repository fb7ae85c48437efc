/** Every permission there is: `noun.verb`, or `health.engine.action`. A role is a set of them. */
export const PERMISSIONS = [
  "users.read",
  "users.count",
  "users.edit",
  "users.suspend",
  "users.sign-out",
  "sessions.read",
  "sessions.revoke",
  "profiles.read",
  "subscriptions.read",
  "subscriptions.figures",
  "subscriptions.create",
  "subscriptions.change",
  "subscriptions.pause",
  "subscriptions.cancel",
  "subscriptions.credit",
  "subscriptions.pay",
  "subscriptions.refund",
  "subscriptions.write-off",
  "subscriptions.bill",
  "plans.read",
  "plans.edit",
  "approvals.read",
  "approvals.decide",
  "audit.read",
  "audit.verify",
  "health.read",
  "health.maintain",
  "health.postgres.explain",
  "health.postgres.cancel-query",
  "health.postgres.terminate",
  "health.postgres.vacuum",
  "health.postgres.reindex",
  "health.postgres.reset-statements",
  "health.mongodb.kill-operation",
  "health.mongodb.create-index",
  "health.mongodb.drop-index",
  "health.redis.kill-client",
  "health.redis.purge-memory",
  "health.redis.reset-slowlog",
  "health.redis.delete-keys",
  "health.elasticsearch.cancel-task",
  "health.elasticsearch.retry-allocation",
  "health.elasticsearch.clear-block",
  "health.elasticsearch.refresh",
  "health.elasticsearch.force-merge",
  "alerts.read",
  "alerts.acknowledge",
  "alerts.edit",
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ["superadmin", "admin", "support", "ops", "auditor"] as const;

export type Role = (typeof ROLES)[number];

export const ROLE_LABELS: Record<Role, string> = {
  superadmin: "Superadmin",
  admin: "Admin",
  support: "Support",
  ops: "Ops",
  auditor: "Auditor",
};

/** What the built-in roles may do on a new platform; afterwards the database decides. */
export const ROLE_DEFAULTS: Record<Role, readonly Permission[]> = {
  superadmin: PERMISSIONS,
  admin: [
    "users.read",
    "users.count",
    "users.edit",
    "users.suspend",
    "users.sign-out",
    "sessions.read",
    "sessions.revoke",
    "profiles.read",
    ...PERMISSIONS.filter((permission) => /^(subscriptions|plans|approvals)\./.test(permission)),
  ],
  support: [
    "users.read",
    "users.count",
    "users.sign-out",
    "sessions.read",
    "sessions.revoke",
    "profiles.read",
    "subscriptions.read",
    "plans.read",
  ],
  ops: ["users.count", ...PERMISSIONS.filter((permission) => /^(health|alerts)\./.test(permission))],
  auditor: [
    "users.read",
    "users.count",
    "sessions.read",
    "profiles.read",
    "subscriptions.read",
    "subscriptions.figures",
    "plans.read",
    "approvals.read",
    "audit.read",
    "audit.verify",
    "health.read",
    "alerts.read",
  ],
};

/** True when the set holds the permission; the runner asks it, and the interface asks it to hide a button. */
export function can(permissions: Iterable<string>, permission: Permission): boolean {
  for (const held of permissions) if (held === permission) return true;
  return false;
}
