import "server-only";

export type ApiEntry = {
  method: "get" | "post" | "patch" | "delete";
  path: `/api/v1/${string}`;
  action: string;
  summary: string;
  /** Name of the answer in the document's schemas. */
  answer: string;
  /** Names of the path that the operation calls otherwise. */
  names?: Record<string, string>;
};

/** Acts on engines: each has the address of its name. */
const REMEDIES: Record<string, string> = {
  "mongodb/kill-operation": "End a running operation of MongoDB",
  "mongodb/create-index": "Build an index in MongoDB",
  "mongodb/drop-index": "Remove an index from MongoDB",
  "redis/delete-keys": "Delete the keys of a pattern in Redis",
  "redis/kill-client": "End a connection to Redis",
  "redis/purge-memory": "Give unused memory of Redis back to its host",
  "redis/reset-slowlog": "Empty the slow log of Redis",
  "elasticsearch/cancel-task": "Cancel a task of Elasticsearch",
  "elasticsearch/retry-allocation": "Try again to place shards without a home",
  "elasticsearch/clear-block": "Let an index of Elasticsearch take writes again",
  "elasticsearch/refresh": "Make everything written to an index searchable",
  "elasticsearch/force-merge": "Merge the segments of an index that takes no writes",
  "postgres/cancel-query": "Cancel a statement of PostgreSQL",
  "postgres/terminate": "End a session of PostgreSQL",
  "postgres/vacuum": "Vacuum or analyse a table of PostgreSQL",
  "postgres/reindex": "Rebuild an index of PostgreSQL beside its use",
  "postgres/reset-statements": "Begin the statement statistics of PostgreSQL anew",
};

/** Commands on one subscription: each has the address of its name. */
const ON_SUBSCRIPTION: Record<string, string> = {
  "change-plan": "Change plan, price or quantity, now or later",
  "change-quantity": "Change the quantity, now or later",
  "drop-change": "Take back a planned change",
  "extend-trial": "Extend a trial",
  comp: "Give it free of charge, or end that",
  keep: "Take back a planned cancelation",
  cancel: "Cancel now, at the end of the period or on a date",
  pause: "Pause the service",
  "pause-collection": "Pause the collection of payments",
  resume: "End a pause",
  "add-credit": "Give credit for the next charges",
  "take-back-credit": "Take unused credit back",
  "record-payment": "Record a payment that came in by hand",
  "refund-payment": "Give money of a payment back",
  "retry-payment": "Ask the processor again",
  "write-off": "Give up what is still due of a charge",
};

/** Every address of the API. A test compares it with the route files. */
export const API: readonly ApiEntry[] = [
  { method: "get", path: "/api/v1/users", action: "user.list", summary: "List and search people", answer: "UserPage" },
  {
    method: "get",
    path: "/api/v1/users/count",
    action: "user.count",
    summary: "Count people exactly",
    answer: "Count",
  },
  { method: "get", path: "/api/v1/users/{id}", action: "user.get", summary: "Read one person", answer: "User" },
  { method: "patch", path: "/api/v1/users/{id}", action: "user.edit", summary: "Edit a person", answer: "Saved" },
  {
    method: "post",
    path: "/api/v1/users/{id}/suspend",
    action: "user.suspend",
    summary: "Suspend a person and end their sessions",
    answer: "Saved",
  },
  {
    method: "post",
    path: "/api/v1/users/{id}/reactivate",
    action: "user.reactivate",
    summary: "Reactivate a suspended person",
    answer: "Saved",
  },
  {
    method: "get",
    path: "/api/v1/users/{id}/sessions",
    action: "session.list",
    summary: "List a person's sessions",
    answer: "SessionList",
    names: { id: "user_id" },
  },
  {
    method: "delete",
    path: "/api/v1/users/{id}/sessions",
    action: "user.sign-out",
    summary: "Sign a person out everywhere",
    answer: "Saved",
  },
  {
    method: "get",
    path: "/api/v1/alerts",
    action: "alert.list",
    summary: "List alerts, open or cleared",
    answer: "AlertPage",
  },
  {
    method: "get",
    path: "/api/v1/alerts/counts",
    action: "alert.counts",
    summary: "Count open alerts",
    answer: "AlertCounts",
  },
  {
    method: "get",
    path: "/api/v1/alerts/rules",
    action: "alert.rules",
    summary: "List alert rules",
    answer: "AlertRules",
  },
  {
    method: "post",
    path: "/api/v1/alerts/rules",
    action: "alert.rule-create",
    summary: "Make an alert rule",
    answer: "Saved",
  },
  {
    method: "patch",
    path: "/api/v1/alerts/rules/{id}",
    action: "alert.rule-edit",
    summary: "Change an alert rule",
    answer: "Saved",
  },
  {
    method: "delete",
    path: "/api/v1/alerts/rules/{id}",
    action: "alert.rule-delete",
    summary: "Delete an own alert rule",
    answer: "Saved",
  },
  {
    method: "post",
    path: "/api/v1/alerts/rules/{id}/mute",
    action: "alert.rule-mute",
    summary: "Mute an alert rule until a time",
    answer: "Saved",
  },
  {
    method: "delete",
    path: "/api/v1/alerts/rules/{id}/mute",
    action: "alert.rule-unmute",
    summary: "End the mute of an alert rule",
    answer: "Saved",
  },
  {
    method: "post",
    path: "/api/v1/alerts/{id}/acknowledge",
    action: "alert.acknowledge",
    summary: "Acknowledge an open alert",
    answer: "Saved",
  },
  {
    method: "get",
    path: "/api/v1/alerts/try",
    action: "alert.try",
    summary: "When a rule would have fired in the last seven days",
    answer: "AlertTry",
  },
  {
    method: "get",
    path: "/api/v1/alerts/channels",
    action: "alert.channels",
    summary: "List who is told of alerts",
    answer: "AlertChannels",
  },
  {
    method: "get",
    path: "/api/v1/alerts/deliveries",
    action: "alert.deliveries",
    summary: "List messages about alerts with their tries",
    answer: "AlertDeliveries",
  },
  {
    method: "get",
    path: "/api/v1/approvals",
    action: "approval.list",
    summary: "List requests for a second person",
    answer: "ApprovalPage",
  },
  {
    method: "post",
    path: "/api/v1/approvals",
    action: "approval.request",
    summary: "Ask a second person to carry out a command",
    answer: "Saved",
  },
  {
    method: "get",
    path: "/api/v1/approvals/counts",
    action: "approval.counts",
    summary: "Count what waits for me and for others",
    answer: "ApprovalCounts",
  },
  {
    method: "get",
    path: "/api/v1/approvals/{id}",
    action: "approval.get",
    summary: "Read a request with its preview",
    answer: "ApprovalDetail",
  },
  {
    method: "delete",
    path: "/api/v1/approvals/{id}",
    action: "approval.withdraw",
    summary: "Take an own request back",
    answer: "Saved",
  },
  {
    method: "post",
    path: "/api/v1/approvals/{id}/approve",
    action: "approval.approve",
    summary: "Carry out what was asked for, with the plan of a dry run",
    answer: "Saved",
  },
  {
    method: "post",
    path: "/api/v1/approvals/{id}/decline",
    action: "approval.decline",
    summary: "Decline a request with a reason",
    answer: "Saved",
  },
  {
    method: "post",
    path: "/api/v1/subscriptions",
    action: "subscription.create",
    summary: "Begin a subscription",
    answer: "Saved",
  },
  { method: "get", path: "/api/v1/audit", action: "audit.list", summary: "List audit events", answer: "AuditPage" },
  ...Object.entries(ON_SUBSCRIPTION).map(([name, summary]): ApiEntry => {
    const path: ApiEntry["path"] = `/api/v1/subscriptions/{id}/${name}`;
    return { method: "post", path, action: `subscription.${name}`, summary, answer: "Saved" };
  }),
  ...Object.entries(REMEDIES).map(([name, summary]): ApiEntry => {
    const action = `health.${name.replace("/", ".")}`;
    return { method: "post", path: `/api/v1/health/${name}`, action, summary, answer: "Saved" };
  }),
];
