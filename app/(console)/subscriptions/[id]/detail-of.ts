import "server-only";
import { cache } from "react";
import { listAudit } from "@/lib/audit/queries";
import { attempt } from "@/lib/next/load";
import { subscriptionDetail } from "@/lib/subscriptions/detail/queries";

const EVENTS = 12;

/** Asked once for a page, however many panels show it. */
export const detailOf = cache((id: string) => attempt(subscriptionDetail, { id }));

export const eventsOf = cache((id: string) => attempt(listAudit, { target: id, limit: EVENTS }));
