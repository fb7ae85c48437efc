import "server-only";
import { redirect } from "next/navigation";
import { can, type Permission } from "@/lib/auth/permissions";
import { currentSession } from "@/lib/next/context";
import { signInAddress } from "@/lib/next/entrance";

/** Who looks at the page, and what they are offered there; whether they may is decided by each operation. */
export async function viewer() {
  const session = await currentSession();
  if (!session) {
    redirect(await signInAddress());
  }
  return { ...session, may: (permission: Permission) => can(session.permissions, permission) };
}

export type May = (permission: Permission) => boolean;
