// Four eyes: when a command needs a second person, and what exactly they agreed to.
import "server-only";
import { canonical, sha256 } from "./canonical";
import { AppError } from "./errors";
import type { Job, Written } from "./job";
import type { Preview, Scope } from "./operation";

/** Why a second person must see these changes; null when nobody need. The platform's own work asks nobody. */
export async function approvalReason({ command, ctx }: Job, changes: readonly Written[], scope: Scope) {
  return ctx.actor.kind === "job" ? null : ((await command.approval?.(changes, scope)) ?? null);
}

/** Throws `approval_required` with a fresh preview, unless this run carries out an approved request. */
export function checkApproval({ options }: Job, reason: string | null, fresh: () => Preview): void {
  if (reason !== null && !options.approval) throw new AppError("approval_required", reason, { preview: fresh() });
}

/** Of what was asked for, whatever the reason. Whoever decides sees the record as it is by then, so without its version. */
export function paramsHash(action: string, input: object): Buffer {
  return sha256(canonical({ action, input: { ...input, reason: undefined, version: undefined } }));
}
