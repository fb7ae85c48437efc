// What has to hold of subscriptions whatever was done to them: told from their rows, their ledger and their audit.
import { database } from "../database";

type Event = { id: string; action: string; target: string; version: number; before: Fields; after: Fields };
type Fields = Record<string, unknown>;

/** Which state may follow which, as the people who sell know it. */
const EDGES: Record<string, readonly string[]> = {
  incomplete: ["trialing", "active", "canceled"],
  trialing: ["active", "past_due", "paused", "canceled"],
  active: ["past_due", "paused", "canceled"],
  past_due: ["active", "paused", "canceled"],
  paused: ["active", "trialing", "past_due", "canceled"],
  canceled: [],
};

async function events(): Promise<Event[]> {
  const sql = await database();
  return sql<Event[]>`
    select id, action, target_id as target, (body::jsonb ->> 'version')::int as version,
      coalesce(body::jsonb -> 'before', '{}') as before, coalesce(body::jsonb -> 'after', '{}') as after
    from system.audit_events where target_type in ('subscription', 'processor-event')
    order by target_id, version, id`;
}

/** The ids of the events, with what each was about. */
export async function auditOf(): Promise<Map<string, { target: string; version: number }>> {
  return new Map((await events()).map(({ id, target, version }) => [id, { target, version }]));
}

/**
 * Every version of a subscription has one event, the events lead from one to the next along the edges, and what they
 * tell of the periods is what was charged: each once, and none left out.
 */
export async function wrongStories(): Promise<string[]> {
  const sql = await database();
  const rows = await sql<(Fields & { id: string; version: number })[]>`
    select id, version, status, quantity, price_id, comped from app.subscriptions`;
  const charged = await sql<{ id: string; start: string }[]>`
    select subscription_id as id, to_char(period_start at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as start
    from app.subscription_transactions where period_start is not null`;
  const stories = grouped(await events(), ({ target }) => target);
  const starts = grouped(charged, ({ id }) => id);
  return rows.flatMap((row) =>
    wrongStory(
      row,
      stories.get(row.id) ?? [],
      (starts.get(row.id) ?? []).map(({ start }) => start),
    ),
  );
}

function grouped<T>(all: readonly T[], by: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(by(one), [...(groups.get(by(one)) ?? []), one]);
  return groups;
}

function wrongStory(row: Fields & { id: string; version: number }, story: Event[], charged: string[]): string[] {
  const wrong: string[] = [];
  const expect = (holds: boolean, what: string) => holds || wrong.push(`${row.id}: ${what}`);
  const uncharged = new Set(charged);
  expect(uncharged.size === charged.length, "a period was charged twice");
  let state: Fields = {};
  for (const [index, { action, version, before, after }] of story.entries()) {
    expect(version === index + 1, `${action} is version ${version}, not ${index + 1}`);
    const next = { ...state, ...after };
    const was = String(state.status);
    if (index > 0 && next.status !== was) {
      expect(
        EDGES[was]?.includes(String(next.status)) ?? false,
        `${action} leads from ${was} to ${String(next.status)}`,
      );
      expect(before.status === was, `${action} found it ${String(before.status)}, it was ${was}`);
    }
    if (action === "subscription.renew") {
      expect(next.period_start === state.period_end, `${action} left time out before ${String(next.period_start)}`);
    }
    if (next.period_start !== state.period_start) {
      const found = uncharged.delete(String(next.period_start));
      // A change may be paid by what was not used.
      const free = next.comped === true || next.status === "trialing" || action.includes("change");
      expect(found || free, `${action} did not charge from ${String(next.period_start)}`);
    }
    state = next;
  }
  expect(uncharged.size === 0, `charges belong to no period: ${[...uncharged].join(", ")}`);
  expect(story.length === row.version, `${story.length} events for ${row.version} versions`);
  for (const field of ["status", "quantity", "price_id", "comped"]) {
    expect(state[field] === row[field], `${field} is ${String(row[field])}, its events say ${String(state[field])}`);
  }
  return wrong;
}

/** Bounds of the books that hold beside the balances. */
export async function wrongBounds(): Promise<string[]> {
  const sql = await database();
  const rows = await sql<{ what: string }[]>`
    select 'more was taken off than there was: ' || p.id as what
    from app.subscription_transactions p join app.subscription_transactions c on c.parent_id = p.id
    where c.status <> 'failed' and not exists (
      select 1 from app.subscription_transactions r where r.parent_id = c.id and r.kind = 'reversal')
    group by p.id, p.amount having sum(c.amount) > p.amount
    union all
    select 'earned less than nothing: ' || subscription_id from app.ledger_entries where account = 'revenue'
    group by subscription_id having sum(amount) > 0
    union all
    select 'owes less than nothing: ' || id from app.subscriptions where balance_due < 0
    union all
    select 'gave back more than came in: ' || subscription_id from app.ledger_entries where account = 'processor'
    group by subscription_id having sum(amount) < 0
    union all
    select 'credit for what nobody paid: ' || c.subscription_id
    from app.subscription_transactions c
    where c.of_period is not null and c.kind = 'credit' and c.parent_id is null
    group by c.subscription_id having sum(c.amount) > (
      select coalesce(sum(u.amount), 0) from app.subscription_transactions u
      where u.subscription_id = c.subscription_id and u.kind = 'credit_use')
    union all
    select 'unbalanced: ' || transaction_id from app.ledger_entries group by transaction_id having sum(amount) <> 0`;
  return rows.map(({ what }) => what);
}

/** Each line of the ledger and each settled transaction, with a digest of all it says. */
export async function settledLines(): Promise<Map<string, string>> {
  const sql = await database();
  const rows = await sql<{ id: string; digest: string }[]>`
    select transaction_id || '/' || line as id, md5(e::text) as digest from app.ledger_entries e
    union all
    select id::text, md5(t::text) from app.subscription_transactions t where status <> 'pending'`;
  return new Map(rows.map(({ id, digest }) => [id, digest]));
}
