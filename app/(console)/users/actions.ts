"use server";

import { action, dryRun } from "@/lib/next/action";
import { revokeSession } from "@/lib/sessions/commands";
import { editUser, reactivateUser, signOutUser, suspendUser } from "@/lib/users/commands";

export const edit = action(editUser);
export const previewEdit = dryRun(editUser);
export const suspend = action(suspendUser);
export const previewSuspend = dryRun(suspendUser);
export const reactivate = action(reactivateUser);
export const previewReactivate = dryRun(reactivateUser);
export const signOut = action(signOutUser);
export const previewSignOut = dryRun(signOutUser);
export const revoke = action(revokeSession);
export const previewRevoke = dryRun(revokeSession);
