// What the demo platform's staff did with money lately: real commands, so that the audit holds only what happened.
import type postgres from "postgres";
import { ROLE_DEFAULTS } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Context, Fields } from "@/lib/core/operation";
import { execute } from "@/lib/core/run";
import { closeStores, openStores, type Stores } from "@/lib/core/stores";
import { env } from "@/lib/env";
import { operations } from "@/lib/registry";
import { type Random, seededRandom } from "../random";
import type { Staff } from "../staff";
import { tellEvents } from "./processor";

type Target = { id: string; version: number; quantity: number; other_price: string | null; payment: string | null };
type Step = { action: string; among: "trialing" | "active"; times: number; input(target: Target): Fields };

const DAY_MS = 86_400_000;
/** Of the last payment; whole units, so that it is one in every currency. */
const BIG_MINOR = 25_000;
const STREAM = -2;

/** After the requests; each takes subscriptions that none before it took. */
const STEPS: readonly Step[] = [
  step("change-plan", 3, ({ other_price }) => ({ price_id: other_price, reason: "Upgrade agreed by telephone" })),
  step("change-plan", 1, ({ other_price }) => ({
    price_id: other_price,
    when: "period_end",
    reason: "Asked for it by e-mail",
  })),
  step("change-quantity", 2, ({ quantity }) => ({ quantity: quantity + 3, reason: "Three people join the team" })),
  step("add-credit", 4, () => ({ amount_minor: 2_000, reason: "Goodwill after the outage of 7 November" })),
  step("pause", 1, () => ({
    resume_at: new Date(Date.now() + 30 * DAY_MS).toISOString(),
    reason: "Closed for the season",
  })),
  step("cancel", 2, () => ({ when: "period_end", reason: "Moves to another product" })),
  step("comp", 1, () => ({ comped: true, reason: "Partner of the conference" })),
  { ...step("extend-trial", 3, () => ({ days: 7, reason: "Was away for a week" })), among: "trialing" },
];

/** They need a second person, who has not looked yet. */
const REQUESTS: readonly Step[] = [
  step("refund-payment", 2, ({ payment }) => ({
    transaction: payment,
    amount_minor: BIG_MINOR,
    reason: "Seats billed twice, reported within the week",
  })),
  step("add-credit", 1, () => ({ amount_minor: BIG_MINOR, reason: "Compensation agreed in the contract" })),
];

function step(name: string, times: number, input: Step["input"]): Step {
  return { action: `subscription.${name}`, among: "active", times, input };
}

/** Runs them; answers how many commands, requests and events there were. Fewer on a small platform. */
export async function runMoneyCommands(sql: postgres.Sql, seed: number, staff: readonly Staff[]): Promise<number> {
  const random = seededRandom(seed, STREAM);
  const admins = staff.filter(({ role }) => role === "admin");
  const stores = openStores(operations, { ...env(), QUADRANT_LOG: "warn" });
  try {
    const targets = { active: await find(sql, "active"), trialing: await find(sql, "trialing") };
    let done = 0;
    for (const { action, times, input } of REQUESTS) {
      for (const target of targets.active.splice(0, times)) {
        const request = { action, input: { id: target.id, version: target.version, ...input(target) } };
        done += await perform(stores, "approval.request", request, contextOf(random, admins));
      }
    }
    for (const { action, among, times, input } of STEPS) {
      for (const target of targets[among].splice(0, times)) {
        const { id, version } = target;
        done += await perform(stores, action, { id, version, ...input(target) }, contextOf(random, admins));
      }
    }
    return done + (await tellEvents(sql, stores, random));
  } finally {
    await closeStores(stores);
  }
}

/** A run that was cut off is repeated from the start: what was done then is refused now. */
async function perform(stores: Stores, action: string, input: Fields, ctx: Context): Promise<number> {
  const operation = operations.get(action);
  if (!operation || operation.kind === "query") throw new TypeError(`${action} is not a command.`);
  try {
    await execute(operation, input, ctx, stores);
    return 1;
  } catch (error) {
    if (error instanceof AppError && (error.code === "stale" || error.code === "conflict")) return 0;
    throw error;
  }
}

function contextOf(random: Random, admins: readonly Staff[]): Context {
  const { row } = random.pick(admins);
  return {
    requestId: `seed-money-${random.bytes(6).toString("hex")}`,
    actor: { kind: "user", id: row.id, session: null, epoch: row.epoch, permissions: new Set(ROLE_DEFAULTS.admin) },
    origin: "import",
  };
}

/** In dollars and with nothing planned; each with a dearer price of the same period, and its last payment if it is big. */
function find(sql: postgres.Sql, status: "trialing" | "active") {
  return sql<Target[]>`
    SELECT s.id, s.version, s.quantity, other.id AS other_price, paid.id AS payment
    FROM app.subscriptions s
    JOIN app.prices p ON p.id = s.price_id
    LEFT JOIN LATERAL (
      SELECT o.id FROM app.prices o JOIN app.plans ON plans.id = o.plan_id
      WHERE o.active AND plans.status = 'active' AND o.plan_id <> p.plan_id AND o.currency = p.currency
        AND o.period = p.period AND o.period_count = p.period_count AND o.amount > p.amount
      ORDER BY o.amount LIMIT 1
    ) AS other ON true
    LEFT JOIN LATERAL (
      SELECT t.id FROM app.subscription_transactions t
      WHERE t.subscription_id = s.id AND t.kind = 'payment' AND t.status = 'succeeded' AND t.amount > 300
        AND NOT EXISTS (SELECT FROM app.subscription_transactions r WHERE r.parent_id = t.id)
      ORDER BY t.id DESC LIMIT 1
    ) AS paid ON true
    WHERE s.status = ${status} AND s.currency = 'USD' AND s.provider = 'test' AND s.provider_status = s.status
      AND NOT s.comped AND s.collection_paused_at IS NULL AND s.cancel_at IS NULL AND s.next_price_at IS NULL
      AND s.balance_due = 0
      AND (s.status = 'trialing' OR (p.period = 'month' AND other.id IS NOT NULL))
    ORDER BY paid.id IS NULL, s.id
    LIMIT 50`;
}
