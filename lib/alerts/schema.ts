import { z } from "zod";
import { cursor, pageLimit, text, whole } from "@/lib/core/schema";
import type { Engine, Unit } from "@/lib/databases/schema";

export const COMPARISONS = ["over", "under", "absent"] as const;
export type Comparison = (typeof COMPARISONS)[number];

export const SEVERITIES = ["warn", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

const UNITS = [
  "count",
  "percent",
  "ratio",
  "bytes",
  "bytes_per_s",
  "per_s",
  "ms",
  "s",
  "yes",
] as const satisfies Unit[];

/** A rule holds after its limit was passed for at most a day. */
const LONGEST_FOR_S = 86_400;

/** The largest number a limit may be: above it neighbouring whole numbers are the same to the machine. */
const MOST = 2 ** 53;

const id = z.uuid();
const version = whole(1);
const target = { id, version };
const reason = text(500).optional();

/** A number from JSON or a form; an empty field and words are none. */
const mark = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .pipe(z.number("is not a number").min(-MOST, "is too small").max(MOST, "is too large"));

const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((word) => word === "true")]);

const ids = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [...new Set(typeof value === "string" ? value.split(",").filter(Boolean) : value)])
  .pipe(z.array(z.uuid()).max(50));

const ruleFields = {
  name: text(120),
  signal: z.string().regex(/^[a-z]+\.[a-z0-9_]{1,60}$/, "is not the name of a signal"),
  comparison: z.enum(COMPARISONS),
  /** Null with `absent`, which compares with nothing. */
  threshold: mark.nullable(),
  critical_threshold: mark.nullable(),
  /** Where it has to come back to; the threshold itself when null. */
  clear: mark.nullable(),
  for_seconds: whole(0, LONGEST_FOR_S),
  /** How long the critical limit has to be passed; as long as the other when null. */
  critical_for_seconds: whole(0, LONGEST_FOR_S).nullable(),
  severity: z.enum(SEVERITIES),
  enabled: flag,
  next_step: text(500).nullable(),
  /** Ids of the channels it tells; null: all of them. */
  channels: ids.nullable(),
};

const optional = {
  threshold: ruleFields.threshold.default(null),
  critical_threshold: ruleFields.critical_threshold.default(null),
  clear: ruleFields.clear.default(null),
  critical_for_seconds: ruleFields.critical_for_seconds.default(null),
  enabled: flag.default(true),
  next_step: ruleFields.next_step.default(null),
  channels: ruleFields.channels.default(null),
};

/** `id` may be given by the caller: then its preview and its repetition mean the same rule. */
export const CreateRule = z.strictObject({ id: id.optional(), ...ruleFields, ...optional, reason });

export const EditRule = z.strictObject({ ...target, ...z.object(ruleFields).partial().shape, reason });

export const DeleteRule = z.strictObject({ ...target, reason });

/** At most this many days. */
export const LONGEST_MUTE_DAYS = 90;

/** Until an instant, or for so many hours from now: one of the two. */
export const MuteRule = z.strictObject({
  ...target,
  until: z.iso.datetime({ offset: true }).optional(),
  hours: whole(1, LONGEST_MUTE_DAYS * 24).optional(),
  reason: text(500),
});

export const UnmuteRule = z.strictObject({ ...target, reason });

export const Acknowledge = z.strictObject({ ...target, reason });

export const Rule = z.strictObject({
  id,
  /** The signal whose catalogue rule this is, or null for an own one. */
  builtin: z.string().nullable(),
  name: z.string(),
  signal: z.string(),
  comparison: z.enum(COMPARISONS),
  threshold: z.number().nullable(),
  critical_threshold: z.number().nullable(),
  clear: z.number().nullable(),
  for_seconds: z.number(),
  critical_for_seconds: z.number().nullable(),
  severity: z.enum(SEVERITIES),
  enabled: z.boolean(),
  next_step: z.string().nullable(),
  channels: z.array(z.string()).nullable(),
  muted_until: z.string().nullable(),
  mute_reason: z.string().nullable(),
  version: z.number(),
  updated_at: z.string(),
});
export type Rule = z.infer<typeof Rule>;

/** What a rule may watch: a signal of the catalogue, or whether an engine answers. */
export type SignalChoice = { name: string; engine: Engine; label: string; unit: Unit };

export type RuleRow = Rule & {
  unit: Unit | null;
  /** The newest value the sampler reported. */
  now: number | null;
  muted: boolean;
  open: boolean;
  fired_7d: number;
};

export const ListRules = z.strictObject({});
export type RuleList = { data: RuleRow[]; signals: SignalChoice[] };

export const Alert = z.strictObject({
  id,
  rule_id: id,
  name: z.string(),
  signal: z.string(),
  state: z.enum(["firing", "acknowledged", "resolved"]),
  severity: z.enum(SEVERITIES),
  text: z.string(),
  value: z.number().nullable(),
  peak: z.number().nullable(),
  threshold: z.number().nullable(),
  comparison: z.enum(COMPARISONS),
  unit: z.enum(UNITS).nullable(),
  impact: z.string().nullable(),
  next_step: z.string().nullable(),
  started_at: z.string(),
  seen_at: z.string(),
  acknowledged_at: z.string().nullable(),
  acknowledged_by: z.string().nullable(),
  acknowledge_note: z.string().nullable(),
  resolved_at: z.string().nullable(),
  resolved_why: z.enum(["cleared", "rule"]).nullable(),
  muted_until: z.string().nullable(),
  mute_reason: z.string().nullable(),
  rule_version: z.number(),
  version: z.number(),
});
export type Alert = z.infer<typeof Alert>;

export const ListAlerts = z.strictObject({
  state: z.enum(["open", "resolved"]).default("open"),
  limit: pageLimit(),
  after: cursor().optional(),
  before: cursor().optional(),
});
export type ListAlerts = z.infer<typeof ListAlerts>;

export type AlertPage = { data: Alert[]; page: { next: string | null; previous: string | null } };

export const CountAlerts = z.strictObject({});
/** Open ones without those that are muted; `checked_at` is when rules were last evaluated on an open alert or engine. */
export type AlertCounts = {
  open: number;
  critical: number;
  acknowledged: number;
  muted: number;
  resolved_24h: number;
  rules: number;
  /** The newest report of an engine that rules were checked on; null when no worker has measured. */
  checked_at: string | null;
};

export const TryRule = z.strictObject({
  signal: ruleFields.signal,
  comparison: z.enum(["over", "under"]).default("over"),
  threshold: mark,
  clear: mark.nullable().default(null),
  for_seconds: ruleFields.for_seconds.default(0),
});

export type Firing = { from: string; to: string | null; seconds: number; peak: number };

/** Null points are gaps. `kept` is false for a signal whose history nobody keeps. */
export type TryAnswer = {
  kept: boolean;
  unit: Unit;
  firings: Firing[];
  points: [at: number, value: number | null][];
};
