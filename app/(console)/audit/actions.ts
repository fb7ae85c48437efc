"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { verifyAudit } from "@/lib/audit/queries";
import { attempt } from "@/lib/next/load";
import { assertSameOrigin } from "@/lib/next/origin";

/** Reads every chain again; the page then shows what was found. */
export async function verifyNow() {
  assertSameOrigin(await headers());
  const found = await attempt(verifyAudit, {});
  refresh();
  return found;
}
