import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { plans, prices } from "@/drizzle/schema/plans";
import { AppError } from "@/lib/core/errors";
import { command, inverse, type Change, type Scope } from "@/lib/core/operation";
import { constraint } from "@/lib/core/translate";
import { toDecimal } from "@/lib/core/amount";
import { plan } from "./noun";
import { planColumns, priceColumns, priceText, toPlan } from "./rows";
import { AddPrice, CreatePlan, EditPlan, MovePlan, RetirePrice, type Plan } from "./schema";

constraint("plans_code_unique", "code", "conflict", "Another plan has this code.");
constraint("plans_status_edge", null, "conflict", "A plan in this state cannot become that.");
constraint("prices_frozen", null, "conflict", "A price is never edited. Add one that supersedes it.");
constraint("prices_one_active", "period", "conflict", "Somebody added a price for this currency and period first.");

export const createPlan = command({
  noun: plan,
  action: "plan.create",
  permission: "plans.edit",
  input: CreatePlan,
  async run(input, { tx, now }) {
    const times = { created_at: now.toISOString(), updated_at: now.toISOString() };
    const [row] = await tx
      .insert(plans)
      .values({ ...input, ...times })
      .returning(planColumns);
    if (!row) throw new TypeError("A plan was not written.");
    const made = toPlan(row);
    return { entity: "plan", id: made.id, version: made.version, before: null, after: made };
  },
});

export const editPlan = command({
  noun: plan,
  action: "plan.edit",
  permission: "plans.edit",
  input: EditPlan,
  async run({ id, version, ...edits }, scope) {
    const was = await locked(scope.tx, { id, version });
    const change = await saved(scope, was, edits);
    if (Object.keys(change.after ?? {}).length === 0) throw new AppError("conflict", "Nothing to change.");
    return change;
  },
});

export const activatePlan = command({
  noun: plan,
  action: "plan.activate",
  permission: "plans.edit",
  input: MovePlan,
  run: (input, scope) => move(scope, input, "active"),
});

/** Nobody can choose it any more; who has it keeps it. */
export const retirePlan = command({
  noun: plan,
  action: "plan.retire",
  permission: "plans.edit",
  input: MovePlan,
  run: (input, scope) => move(scope, input, "retired"),
});

export const addPrice = command({
  noun: plan,
  action: "plan.add-price",
  permission: "plans.edit",
  input: AddPrice,
  async run({ id, version, amount_minor, ...price }, scope) {
    const { tx, now } = scope;
    const was = await locked(tx, { id, version });
    if (was.status === "retired") throw new AppError("conflict", "This plan is retired. Activate it first.");
    const [superseded] = await tx
      .update(prices)
      .set({ active: false })
      .where(
        and(
          eq(prices.plan_id, id),
          eq(prices.currency, price.currency),
          eq(prices.period, price.period),
          eq(prices.period_count, price.period_count),
          eq(prices.active, true),
        ),
      )
      .returning(priceColumns);
    const amount = toDecimal(amount_minor, price.currency);
    const [added] = await tx
      .insert(prices)
      .values({ ...price, plan_id: id, amount, created_at: now.toISOString() })
      .returning(priceColumns);
    if (!added) throw new TypeError("A price was not written.");
    const change = await saved(scope, was, {});
    return {
      ...change,
      before: { price: superseded ? priceText(superseded) : null },
      after: { price: priceText(added) },
    };
  },
});

export const retirePrice = command({
  noun: plan,
  action: "plan.retire-price",
  permission: "plans.edit",
  input: RetirePrice,
  async run({ id, version, price_id }, scope) {
    const was = await locked(scope.tx, { id, version });
    const [row] = await scope.tx
      .update(prices)
      .set({ active: false })
      .where(and(eq(prices.id, price_id), eq(prices.plan_id, id), eq(prices.active, true)))
      .returning(priceColumns);
    if (!row) throw new AppError("conflict", "This price is not sold.");
    return { ...(await saved(scope, was, {})), before: { price: priceText(row) }, after: { price: null } };
  },
});

type Target = { id: string; version: number };

async function locked(tx: Scope["tx"], { id, version }: Target): Promise<Plan> {
  const [row] = await tx.select(planColumns).from(plans).where(eq(plans.id, id)).for("update");
  if (!row) throw new AppError("not_found", "There is no such plan.");
  const current = toPlan(row);
  if (current.version === version) return current;
  throw new AppError("stale", "Someone else saved this plan first.", { current });
}

async function move(scope: Scope, { id, version }: Target, status: "active" | "retired") {
  const was = await locked(scope.tx, { id, version });
  if (was.status === status) throw new AppError("conflict", `This plan is ${status} already.`);
  return saved(scope, was, { status });
}

type Edits = Partial<Pick<Plan, "name" | "description" | "features" | "position" | "status">>;

/** Writes the edits; the change names those that really differ. */
async function saved({ tx, now }: Scope, was: Plan, edits: Edits): Promise<Change<"plan", Plan>> {
  const [row] = await tx
    .update(plans)
    .set({ ...edits, version: sql`${plans.version} + 1`, updated_at: now.toISOString() })
    .where(eq(plans.id, was.id))
    .returning(planColumns);
  if (!row) throw new AppError("not_found", "There is no such plan.");
  const is = toPlan(row);
  const { version: _v, updated_at: _u, ...before } = was;
  const { version, updated_at: _a, ...after } = is;
  const differs = JSON.stringify(before) !== JSON.stringify(after);
  return { entity: "plan", id: is.id, version, before: differs ? before : {}, after: differs ? after : {} };
}

export const inverses = [
  inverse(editPlan, editPlan, ({ id, version, before }) => ({
    id,
    version,
    name: before?.name,
    description: before?.description,
    features: before?.features,
    position: before?.position,
  })),
  inverse(retirePlan, activatePlan, (change) => backTo("active", change)),
  inverse(activatePlan, retirePlan, (change) => backTo("retired", change)),
];

/** A plan that was a draft cannot become one again: people may have it by then. */
function backTo(
  status: Plan["status"],
  { id, version, before }: Pick<Change<"plan", Plan>, "id" | "version" | "before">,
) {
  return { id: before?.status === status ? id : "", version };
}
