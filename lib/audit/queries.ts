import "server-only";
import { query } from "@/lib/core/operation";
import { eventDetail } from "./detail";
import { facetsOf } from "./facets";
import { listEvents } from "./list";
import { audit } from "./noun";
import {
  AuditFacetsInput,
  AuditStatusInput,
  GetAudit,
  ListAudit,
  VerifyAudit,
  type AuditDetail,
  type AuditFacets,
  type AuditPage,
  type AuditStatus,
  type AuditVerification,
} from "./schema";
import { statusOf } from "./status";
import { verifyNow } from "./verify";

export const listAudit = query({
  noun: audit,
  action: "audit.list",
  permission: "audit.read",
  input: ListAudit,
  run: (input, scope): Promise<AuditPage> => listEvents(scope, input),
});

export const getAudit = query({
  noun: audit,
  action: "audit.get",
  permission: "audit.read",
  input: GetAudit,
  run: ({ id }, scope): Promise<AuditDetail> => eventDetail(scope, id),
});

export const auditFacets = query({
  noun: audit,
  action: "audit.facets",
  permission: "audit.read",
  input: AuditFacetsInput,
  run: (input, { db, now }): Promise<AuditFacets> => facetsOf(db, input, now),
});

export const auditStatus = query({
  noun: audit,
  action: "audit.status",
  permission: "audit.read",
  input: AuditStatusInput,
  run: (_input, { db, now }): Promise<AuditStatus> => statusOf(db, now),
});

export const verifyAudit = query({
  noun: audit,
  action: "audit.verify",
  permission: "audit.verify",
  input: VerifyAudit,
  run: (_input, scope): Promise<AuditVerification> => verifyNow(scope),
});
