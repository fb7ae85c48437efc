import "server-only";
import { randomUUID } from "node:crypto";
import { cookies, headers } from "next/headers";
import { after } from "next/server";
import { cache } from "react";
import { SESSION_COOKIE } from "@/lib/auth/cookie";
import { readSession, touchSession, type SessionSnapshot } from "@/lib/auth/sessions";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/core/operation";
import { networkPrefix } from "@/lib/auth/address";
import { stores } from "./stores";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Who is signed in, or null. Throws AppError `unavailable` when neither Redis nor PostgreSQL can say. */
export const currentSession = cache(async (): Promise<SessionSnapshot | null> => {
  const sid = (await cookies()).get(SESSION_COOKIE)?.value;
  return sid === undefined ? null : readSession(sid, stores());
});

/** The id that proxy.ts gave the request; a request that came around it gets one here. */
export const currentRequestId = cache(async (): Promise<string> => {
  const given = (await headers()).get("x-request-id");
  return given !== null && UUID.test(given) ? given : randomUUID();
});

type ContextOptions = {
  /** A request no person made by hand (polling, event streams): it does not keep an idle session alive. */
  passive?: boolean;
};

/** What an operation must know of this request. Throws AppError `unauthenticated` when nobody is signed in. */
export async function currentContext(origin: "ui" | "api" = "ui", options: ContextOptions = {}): Promise<Context> {
  const session = await currentSession();
  if (session === null) {
    throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
  }
  const sent = await headers();
  if (!options.passive && !sent.has("next-router-prefetch")) {
    keepAlive(session);
  }
  return {
    requestId: await currentRequestId(),
    origin,
    ip_prefix: networkPrefix(sent.get("x-forwarded-for")),
    actor: {
      kind: "user",
      id: session.user_id,
      session: Buffer.from(session.id_hash, "hex"),
      epoch: session.epoch,
      permissions: new Set(session.permissions),
    },
  };
}

/** Once per request, however many panels of its page ask. */
const keepAlive = cache((session: SessionSnapshot): void => {
  after(() => touchSession(session, stores()));
});
