"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { networkPrefix } from "@/lib/auth/address";
import { COOKIE_OPTIONS, SESSION_COOKIE } from "@/lib/auth/cookie";
import { signOut } from "@/lib/auth/sign-out";
import { currentRequestId, currentSession } from "@/lib/next/context";
import { assertSameOrigin } from "@/lib/next/origin";
import { stores } from "@/lib/next/stores";

/** For the account menu: a form whose action this is. */
export async function signOutAction(): Promise<void> {
  const sent = await headers();
  assertSameOrigin(sent);
  const session = await currentSession();
  if (session !== null) {
    const ip_prefix = networkPrefix(sent.get("x-forwarded-for"));
    await signOut(session, { requestId: await currentRequestId(), ip_prefix }, stores());
  }
  (await cookies()).set(SESSION_COOKIE, "", { ...COOKIE_OPTIONS, maxAge: 0 });
  redirect("/sign-in");
}
