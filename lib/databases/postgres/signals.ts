// What is measured of PostgreSQL and where it begins to hurt. Marks and durations: the sources named at each limit.
import "server-only";
import { type Described, showValue, signalsOf } from "../signal";
import { critical, warn } from "./limits";
import { OBJECT_SIGNALS, STATISTIC_SIGNALS } from "./slow-signals";

/** Read every 10 s. What lasts is passed early and counts later: the sum of mark and duration is the source's. */
const LIVE: readonly Described[] = [
  { id: "answer_ms", label: "Answer time", unit: "ms", everyS: 10 },
  { id: "connections", label: "Connections", unit: "count", everyS: 10 },
  {
    id: "connections_used",
    label: "Connections in use",
    unit: "percent",
    everyS: 10,
    limits: [warn(80, 70, 300, "Netdata"), critical(90, 80, 120, "Netdata", true)],
    says: (shown, { connections, connections_usable: usable }) =>
      `${connections ?? "Many"} of ${usable ?? "all"} connections are in use (${shown})`,
    impact: "New requests are refused when the last one is taken.",
    next: "Look which application holds them under Sessions; end what is idle in a transaction.",
  },
  { id: "connections_usable", label: "Connections there are", unit: "count", everyS: 10 },
  { id: "connections_active", label: "Active", unit: "count", everyS: 10 },
  { id: "connections_idle", label: "Idle", unit: "count", everyS: 10 },
  { id: "connections_idle_tx", label: "Idle in transaction", unit: "count", everyS: 10 },
  {
    id: "longest_active_s",
    label: "Longest running statement",
    unit: "s",
    everyS: 10,
    limits: [warn(30, 30, 30, "PgHero: 60 s"), critical(1800, 1800, 0, "pganalyze")],
    says: (shown) => `A statement has been running for ${shown}`,
    impact: "It takes processor time and keeps old rows from being cleaned up.",
    next: "Read it under Running now; cancel it when nobody waits for its result.",
  },
  {
    id: "longest_idle_tx_s",
    label: "Longest idle in transaction",
    unit: "s",
    everyS: 10,
    limits: [warn(30, 30, 270, "own: 5 min"), critical(1800, 1800, 0, "pganalyze")],
    says: (shown) => `A session has been idle in transaction for ${shown}`,
    impact: "It holds its locks and keeps old rows from being cleaned up.",
    next: "End that session: cancelling does not help, because nothing runs in it.",
  },
  {
    id: "longest_tx_s",
    label: "Longest transaction",
    unit: "s",
    everyS: 10,
    limits: [warn(60, 60, 240, "own: 5 min"), critical(1800, 1800, 0, "own")],
    says: (shown) => `A transaction has been open for ${shown}`,
    impact: "Vacuum cannot remove what died after it began.",
    next: "Find it under Running now.",
  },
  {
    id: "blocked_sessions",
    label: "Blocked sessions",
    unit: "count",
    everyS: 10,
    limits: [warn(3, 3, 300, "pganalyze", true), critical(3, 3, 600, "pganalyze", true)],
    says: (shown, { lock_wait_s: wait }) =>
      `${shown} sessions wait for a lock${wait ? `, the longest for ${showValue(wait, "s")}` : ""}`,
    impact: "What those sessions serve does not move.",
    next: "The lock tree names the session at the root: cancel its statement, or end it when it is idle.",
  },
  {
    id: "lock_wait_s",
    label: "Longest wait for a lock",
    unit: "s",
    everyS: 10,
    limits: [warn(10, 10, 50, "check_postgres: 1 min"), critical(60, 60, 60, "check_postgres: 2 min")],
    says: (shown, { blocked_sessions: blocked }) =>
      blocked === 1
        ? `A session has waited for a lock for ${shown}`
        : `${blocked ?? "Some"} sessions wait for a lock, the longest for ${shown}`,
    impact: "What that session serves does not move.",
    next: "The lock tree names the session at the root: cancel its statement, or end it when it is idle.",
  },
  {
    id: "lock_table_used",
    label: "Lock table in use",
    unit: "percent",
    everyS: 10,
    limits: [warn(20, 15, 300, "Netdata")],
    impact: "Statements fail when it is full.",
    next: "Look for a transaction that touches very many tables.",
  },
  { id: "commits", label: "Commits", unit: "per_s", everyS: 10 },
  { id: "rollbacks", label: "Rollbacks", unit: "per_s", everyS: 10 },
  {
    id: "deadlocks",
    label: "Deadlocks",
    unit: "per_s",
    everyS: 10,
    limits: [warn(5 / 60, 1 / 60, 60, "awesome-alerts: 5 a minute")],
    impact: "One of the two transactions is rolled back each time.",
    next: "Let transactions touch the same rows in the same order.",
  },
];

export const SIGNALS = signalsOf("postgres", [...LIVE, ...STATISTIC_SIGNALS, ...OBJECT_SIGNALS]);
