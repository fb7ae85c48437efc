import "server-only";
import { signalsOf } from "./signal";

/** What the console itself leaves undone; kept in PostgreSQL and measured with it. */
export const CONSOLE_SIGNALS = signalsOf("postgres", [
  { id: "outbox_pending", label: "Changes waiting for search", unit: "count", everyS: 10 },
  {
    id: "outbox_dead",
    label: "Changes search refused",
    unit: "count",
    everyS: 10,
    limits: [{ severity: "warn", over: 1, clear: 1, forS: 0, degrades: false, source: "own" }],
    says: (shown) => `${shown} changes were refused by the search index and are not tried again`,
    impact: "These people are found under what they were before.",
    next: "Look at the worker's log for the reason, then rebuild the index.",
  },
  {
    id: "outbox_lag_s",
    label: "Search is behind",
    unit: "s",
    everyS: 10,
    limits: [
      { severity: "warn", over: 60, clear: 10, forS: 60, degrades: false, source: "own" },
      { severity: "critical", over: 600, clear: 10, forS: 60, degrades: false, source: "own" },
    ],
    says: (shown) => `search is ${shown} behind PostgreSQL`,
    impact: "What was just changed is not found yet.",
    next: "See whether Elasticsearch is well and a worker runs.",
  },
  { id: "worker_age_s", label: "Last sign of a worker", unit: "s", everyS: 10 },
]);
