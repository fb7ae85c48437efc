// Who is connected, who waits for whom, and how a session is stopped.
import "server-only";
import type { Blind } from "../schema";
import { grantMonitor } from "./checks";
import { shownStatement } from "./hide-values";
import type { Pool } from "./pool";
import type { LockRow, Locks, Session, Sessions } from "./schema";
import { forest } from "./lock-forest";
import type { PostgresWatch } from "./watch";

type SessionRow = Omit<Session, "untouchable"> & { superuser: boolean; kind: string };

const SESSION = `a.pid, a.backend_start::text as started, coalesce(a.usename::text, '') as role,
  a.application_name as application, coalesce(a.state, a.backend_type) as state, left(a.query, 2000) as query,
  a.query_start::text as query_started, a.backend_type as kind,
  extract(epoch from clock_timestamp() - a.query_start)::float8 as query_s,
  extract(epoch from clock_timestamp() - a.state_change)::float8 as state_s,
  extract(epoch from clock_timestamp() - a.xact_start)::float8 as tx_s,
  case when a.wait_event_type in ('Lock', 'LWLock', 'IO', 'BufferPin') then a.wait_event_type || ': ' || a.wait_event end
    as waits_for,
  coalesce(r.rolsuper, false) as superuser`;

const HIDDEN = "(select count(*)::int from pg_stat_activity where query = '<insufficient privilege>')";

export async function readSessions({ monitor, roles }: PostgresWatch): Promise<Sessions> {
  const [rows, [limits]] = await Promise.all([
    monitor.query<SessionRow>(`select ${SESSION} from pg_stat_activity a left join pg_roles r on r.rolname = a.usename
      where a.backend_type = 'client backend' order by a.xact_start nulls last, a.query_start`),
    monitor.query<{ hidden: number; max: number; usable: number }>(`select ${HIDDEN} as hidden,
      current_setting('max_connections')::int as max, current_setting('max_connections')::int
      - current_setting('superuser_reserved_connections')::int
      - coalesce(current_setting('reserved_connections', true), '0')::int as usable`),
  ]);
  const sessions = rows.map((row) => sessionOf(row, roles));
  const isBusy = ({ state, role }: Session) => state !== "idle" && role !== roles.monitor && role !== roles.operator;
  return {
    clients: rows.length,
    usable: limits?.usable ?? 0,
    max: limits?.max ?? 0,
    states: counted(sessions),
    applications: byApplication(sessions),
    busy: sessions.filter(isBusy).slice(0, 50),
    blind: blindIf(limits?.hidden ?? 0, "Sessions", roles.monitor),
  };
}

function sessionOf({ superuser, kind, ...row }: SessionRow, roles: PostgresWatch["roles"]): Session {
  return { ...row, query: shownStatement(row.query), untouchable: untouchable({ ...row, superuser, kind }, roles) };
}

function untouchable({ role, superuser, kind }: SessionRow, roles: PostgresWatch["roles"]): string | null {
  if (kind === "walsender") return "It sends the WAL to a standby.";
  if (kind !== "client backend") return "It is a process of the server itself.";
  if (role === roles.monitor || role === roles.operator) return "It is the console's own watch.";
  return superuser ? "It belongs to a superuser; only a superuser may touch it." : null;
}

function counted(sessions: readonly Session[]): Sessions["states"] {
  const counts = new Map<string, number>();
  for (const { state } of sessions) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => ({ state, count })).sort((a, b) => b.count - a.count);
}

/** A transaction of the console carries the id of its request in place of a name. */
function byApplication(sessions: readonly Session[]): Sessions["applications"] {
  const groups = new Map<string, Sessions["applications"][number]>();
  for (const { application, role, state } of sessions) {
    const name = application.startsWith("q:") ? "quadrant, in a request" : application || "no name";
    const group = groups.get(`${name} ${role}`) ?? { application: name, role, count: 0, active: 0, idle_tx: 0 };
    group.count += 1;
    if (state === "active") group.active += 1;
    if (state.startsWith("idle in transaction")) group.idle_tx += 1;
    groups.set(`${name} ${role}`, group);
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

/** Who waits and whoever they wait for; `pg_blocking_pids` names a prepared transaction as pid 0. */
export async function readLocks({ monitor, roles }: PostgresWatch): Promise<Locks> {
  const [rows, [seen]] = await Promise.all([
    monitor.query<SessionRow & Pick<LockRow, "waits_s" | "wants"> & { blockers: string }>(`with waiting as (
        select pid, pg_blocking_pids(pid) as blockers from pg_stat_activity where wait_event_type = 'Lock' limit 200
      ), concerned as (select pid from waiting union select unnest(blockers) from waiting)
      select ${SESSION.replace("a.pid", "c.pid").replace("a.backend_start::text", "coalesce(a.backend_start::text, '')")},
        coalesce(array_to_string(w.blockers, ','), '') as blockers, l.waits_s, l.wants
      from concerned c left join waiting w using (pid) left join pg_stat_activity a using (pid)
      left join pg_roles r on r.rolname = a.usename
      left join lateral (
        select extract(epoch from clock_timestamp() - k.waitstart)::float8 as waits_s,
          concat_ws(', ', coalesce(n.nspname || '.' || t.relname, k.locktype), k.mode) as wants
        from pg_locks k left join pg_class t on t.oid = k.relation left join pg_namespace n on n.oid = t.relnamespace
        where k.pid = c.pid and not k.granted limit 1
      ) l on true`),
    monitor.query<{ hidden: number }>(`select ${HIDDEN} as hidden`),
  ]);
  const nodes = rows.map(({ blockers, state, query, ...row }) => {
    const blockedBy = [...new Set(blockers.split(",").filter(Boolean).map(Number))];
    const known = { ...row, state: state ?? "prepared transaction", query: query ?? "" };
    return { ...sessionOf(known, roles), waits_s: row.waits_s, wants: row.wants, blocked_by: blockedBy };
  });
  const blocked = nodes.filter(({ blocked_by: by }) => by.length > 0).length;
  return { blocked, rows: forest(nodes), blind: blindIf(seen?.hidden ?? 0, "Lock tree", roles.monitor) };
}

export function blindIf(hidden: number, check: string, role: string): Blind | null {
  if (hidden === 0) return null;
  const why = "The monitor sees no session but its own: an empty list would mean nothing.";
  return { check, kind: "denied", why, grant: grantMonitor(role) };
}

/** The session of a pid, whatever it is; null when there is none. */
export async function readSession({ monitor, roles }: PostgresWatch, pid: number): Promise<Session | null> {
  const [row] = await monitor.query<SessionRow>(
    `select ${SESSION} from pg_stat_activity a left join pg_roles r on r.rolname = a.usename where a.pid = $1::int`,
    [pid],
  );
  return row ? sessionOf({ ...row, started: row.started ?? "", query: row.query ?? "" }, roles) : null;
}

type Target = { pid: number; started: string; query_started?: string | null };

const SIGNAL = `from pg_stat_activity a join pg_roles r on r.rolname = a.usename
  where a.pid = $1::int and a.backend_start = $2::text::timestamptz and a.backend_type = 'client backend'
    and not r.rolsuper and a.usename <> $3::text and a.usename <> current_user`;

/** False when the target is another one by now; what the signal did must be read again. */
export async function cancelQuery(
  operator: Pool,
  { pid, started, query_started }: Target,
  monitor: string,
): Promise<boolean> {
  const rows = await operator.query(
    `select pg_cancel_backend(a.pid) as sent ${SIGNAL} and a.state = 'active' and a.query_start = $4::text::timestamptz`,
    [pid, started, monitor, query_started ?? ""],
  );
  return rows.length > 0;
}

/** Waits up to 2 s for the session to end. */
export async function terminate(operator: Pool, { pid, started }: Target, monitor: string): Promise<boolean> {
  const rows = await operator.query(`select pg_terminate_backend(a.pid, 2000) as sent ${SIGNAL}`, [
    pid,
    started,
    monitor,
  ]);
  return rows.length > 0;
}
