import { z } from "zod";
import { cursor, dateBound, list, pageLimit } from "@/lib/core/schema";

export const AUDIT_KINDS = ["change", "security", "access", "job"] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

const AUDIT_ORIGINS = ["ui", "api", "job", "import"] as const;

const word = (form: RegExp) => z.string().max(100).regex(form, "is not a name of this kind");

const filters = {
  actor: z.uuid().optional(),
  action: word(/^[a-z][a-z0-9.-]*$/).optional(),
  noun: word(/^[a-z][a-z0-9-]*$/).optional(),
  kind: list(AUDIT_KINDS).optional(),
  target: z.string().max(100).optional(),
  subject: z.uuid().optional(),
  request_id: z.string().max(100).optional(),
  outcome: word(/^[a-z][a-z0-9_-]*$/).optional(),
  origin: list(AUDIT_ORIGINS).optional(),
  from: dateBound().optional(),
  to: dateBound().optional(),
};

export const AuditFacetsInput = z.strictObject(filters);
export type AuditFilters = z.infer<typeof AuditFacetsInput>;

export const ListAudit = z
  .strictObject({ ...filters, limit: pageLimit(), after: cursor().optional(), before: cursor().optional() })
  .refine(({ after, before }) => !after || !before, { path: ["before"], error: "cannot be combined with after" });
export type ListAudit = z.infer<typeof ListAudit>;

export const GetAudit = z.strictObject({ id: z.uuid() });

export const AuditStatusInput = z.strictObject({});

export const VerifyAudit = z.strictObject({});

/** Somebody or something an event names; `name` is null when it is not a person or may not be seen. */
export type Party = { kind: string; id: string; name: string | null };

/** `open` false: used, or older than 30 days. `allowed` false: the way back needs a permission you do not hold. */
export type AuditUndo = { id: string; action: string; open: boolean; allowed: boolean };

export type AuditEvent = {
  id: string;
  /** Its place in its chain, `shard-seq`. */
  number: string;
  at: string;
  kind: AuditKind;
  action: string;
  noun: string;
  /** `done` for a change; what happened for an event of security. */
  outcome: string;
  actor: Party | null;
  target: Party | null;
  subject_id: string | null;
  request_id: string | null;
  origin: string;
  /** Fields that changed, personal ones included. */
  fields: string[];
  undo: AuditUndo | null;
};

/** Personal values are sealed: `hidden` from those who may not read users, `erased` with the person they were about. */
export type AuditDetail = AuditEvent & {
  reason: string | null;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  personal: { fields: string[]; state: "none" | "shown" | "hidden" | "erased" };
  version: number | null;
  undoes: string | null;
  /** The request it carries out, approved by its actor. */
  approval: string | null;
  ip_prefix: string | null;
  hash: string;
};

export type AuditPage = {
  data: AuditEvent[];
  page: { next: string | null; previous: string | null; estimated_total: number; exact: boolean };
  ms: number;
};

export type FacetValue = { value: string; count: number };

/** Counted over the newest events of the time range; `exact` false when there are more than were looked at. */
export type AuditFacets = {
  kind: FacetValue[];
  noun: FacetValue[];
  action: FacetValue[];
  outcome: FacetValue[];
  origin: FacetValue[];
  /** Per hour or day, oldest first; `failed` are the events of security that were refused. */
  volume: { step: "hour" | "day"; bars: { at: string; count: number; failed: number }[] };
  exact: boolean;
};

export type AuditStatus = {
  state: "verified" | "unverified" | "broken";
  events: number;
  /** Up to which event, and when, the chains were last found whole. */
  verified: { n: number; at: string; mode: string } | null;
  checkpoint: { n: number; at: string } | null;
  /** Events that came after the last check. */
  newer: number;
  problem: string | null;
};

/** What a check on demand found; `complete` false when it ran out of time before the newest event. */
export type AuditVerification = {
  ok: boolean;
  complete: boolean;
  /** Verified up to this event. */
  n: number;
  /** Events read by this check. */
  events: number;
  problem: string | null;
  duration_ms: number;
};
