// The context of work that nobody asked for: the platform itself, on schedule.
import "server-only";
import { PERMISSIONS } from "@/lib/auth/permissions";
import type { Context } from "./operation";

/** The nil id without a session, which the database lets pass. */
export function systemContext(action: string): Context {
  return {
    requestId: `${action}:${crypto.randomUUID()}`,
    actor: {
      kind: "job",
      id: "00000000-0000-0000-0000-000000000000",
      session: null,
      epoch: 0,
      permissions: new Set(PERMISSIONS),
    },
    origin: "job",
  };
}
