"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { verifyAudit } from "@/lib/audit/queries";
import { attempt } from "@/lib/next/load";
import { assertSameOrigin } from "@/lib/next/origin";

/** A real check of the chains; the page is drawn again after it. */
export async function verifyNow() {
  assertSameOrigin(await headers());
  const found = await attempt(verifyAudit, {});
  refresh();
  return found;
}
