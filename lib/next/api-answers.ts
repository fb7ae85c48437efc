import "server-only";
import { z } from "zod";
import { Channel } from "@/lib/alerts/delivery/schema";
import { Alert, Rule } from "@/lib/alerts/schema";
import { Approval } from "@/lib/approvals/schema";
import { CODES } from "@/lib/core/errors";
import { Plan, Price, PriceUse } from "@/lib/plans/schema";
import { ProcessorEvent } from "@/lib/processor-events/schema";
import { RevenueMonth } from "@/lib/revenue/schema";
import { Session } from "@/lib/sessions/schema";
import { Subscription } from "@/lib/subscriptions/schema";
import { Transaction } from "@/lib/transactions/schema";
import { User } from "@/lib/users/schema";

type Json = Record<string, unknown>;

const text = { type: "string" };
const number = { type: "number" };
const flag = { type: "boolean" };
const maybe = (schema: { type: string }) => ({ type: [schema.type, "null"] });
const many = (items: Json) => ({ type: "array", items });
const record = { type: "object", additionalProperties: true };

function object(properties: Record<string, Json>, optional: readonly string[] = []): Json {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", properties, required };
}

function fromZod(schema: z.ZodType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: "draft-2020-12", unrepresentable: "any" });
  return rest;
}

const page = object({ next: maybe(text), previous: maybe(text), estimated_total: number, exact: flag });

const source = object({
  store: { enum: ["postgres", "elasticsearch"] },
  degraded: flag,
  reason: maybe(text),
  mode: { enum: ["anywhere", "prefix"] },
  ms: number,
});

const places = object({ next: maybe(text), previous: maybe(text) });

const user = { $ref: "#/components/schemas/User" };

const subscription = {
  allOf: [
    fromZod(Subscription),
    object({ customer: record, plan: record, price: record, next_plan: maybe(text), next_price: maybe(record) }),
  ],
};

const entry = object({ line: number, account: text, amount_minor: number });

/** What the API answers, by name. */
export const ANSWERS: Record<string, Json> = {
  User: fromZod(User),
  UserPage: object({
    data: many({ allOf: [user, { type: "object", properties: { highlight: record, index_behind: flag } }] }),
    page,
    source,
  }),
  Count: object({ total: number, exact: flag, source }),
  SessionList: object({ data: many(fromZod(Session)), live: number }),
  AlertPage: object({ data: many(fromZod(Alert)), page: places }),
  AlertCounts: object({
    open: number,
    critical: number,
    acknowledged: number,
    muted: number,
    resolved_24h: number,
    rules: number,
    checked_at: maybe(text),
  }),
  AlertRules: object({ data: many({ allOf: [fromZod(Rule), record] }), signals: many(record) }),
  AlertTry: object({ kept: flag, unit: text, firings: many(record), points: many(many({ type: ["number", "null"] })) }),
  AlertChannels: object({ data: many({ allOf: [fromZod(Channel), record] }), mail: flag }),
  AlertDeliveries: object({ data: many(record), page: places }),
  ApprovalPage: object({ data: many(fromZod(Approval)), page: places }),
  ApprovalDetail: { allOf: [fromZod(Approval), object({ preview: record, mine: flag, refused: maybe(text) })] },
  ApprovalCounts: object({ for_me: number, mine: number }),
  SubscriptionDetail: object({
    lifetime_minor: number,
    payments: number,
    refunds: number,
    credit_minor: number,
    next: maybe({ type: "object" }),
    open: many(record),
    recent: many(record),
    credits: many(record),
  }),
  SubscriptionLedger: object({
    data: many(record),
    page: object({ next: maybe(text), previous: maybe(text), total: number }),
    currency: text,
    differences: many(record),
  }),
  UserSubscriptions: object({
    data: many(record),
    total: number,
    lifetime: many(record),
    credits: many(record),
  }),
  PlanWithPrices: { allOf: [fromZod(Plan), object({ prices: many(fromZod(Price)) })] },
  PlanCounts: object({ data: many(fromZod(PriceUse)) }),
  PlanList: object({ data: many({ $ref: "#/components/schemas/PlanWithPrices" }) }),
  Subscription: subscription,
  SubscriptionPage: object({
    data: many({ $ref: "#/components/schemas/Subscription" }),
    page: { allOf: [page, object({ more_people: flag })] },
  }),
  SubscriptionCount: object({ total: number }),
  SubscriptionCounts: object({ all: number, active: number, trialing: number, past_due: number, ending: number }),
  SubscriptionTotals: object({
    data: many(object({ currency: text, count: number, monthly_minor: number, balance_due_minor: number })),
  }),
  Transaction: {
    allOf: [fromZod(Transaction), object({ open_minor: number, reversed: flag, entries: many(entry) })],
  },
  TransactionPage: object({ data: many({ $ref: "#/components/schemas/Transaction" }), page: places }),
  ProcessorEventPage: object({
    data: many({ allOf: [fromZod(ProcessorEvent), object({ subscription_id: maybe(text), customer: maybe(text) })] }),
    page: places,
  }),
  RevenueMonths: object({ data: many(fromZod(RevenueMonth)) }),
  RevenueFigures: object({ data: many(record), as_of: text }),
  RevenueCheck: object({ differences: many(record), checked: number, as_of: text }),
  AuditPage: object({ data: many(record), page, ms: number }),
  Saved: object({ id: text, version: number, after: maybe(record), audit: maybe(text), undo: maybe(text) }),
  Preview: object({
    will: number,
    refused: many(record),
    touches: many(record),
    diffs: many(record),
    undo: flag,
    subjects: many(text),
    money: many(record),
    approval: maybe(text),
    plan: text,
    expires_at: text,
  }),
  Csv: text,
  Problem: object(
    {
      type: text,
      title: text,
      status: number,
      code: { enum: Object.keys(CODES) },
      detail: text,
      fields: { type: "object", additionalProperties: many(text) },
      store: text,
      current: {},
      preview: { $ref: "#/components/schemas/Preview" },
      request_id: text,
    },
    ["fields", "store", "current", "preview"],
  ),
};
