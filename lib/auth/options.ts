// next-auth reduced to what this console uses of it: its CSRF token, its cookies and its credentials exchange.
import "server-only";
import { hkdfSync } from "node:crypto";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { AppError } from "@/lib/core/errors";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import { env } from "@/lib/env";
import { networkPrefix } from "./address";
import { COOKIE_OPTIONS, SESSION_COOKIE } from "./cookie";
import { ownPath } from "./own-path";
import { ABSOLUTE_LIMIT_SECONDS, readSession } from "./sessions";
import { signIn } from "./sign-in";
import { browserLabel } from "./user-agent";

/**
 * The strategy is called "jwt", yet no token is made: the cookie carries an opaque id, `encode` hands it on and
 * `decode` looks it up, so every entry of next-auth passes the allow list. `onFailure` learns why a try could not be
 * judged at all; next-auth itself would only say that it failed.
 */
export function authOptions(stores: Stores, onFailure: (error: AppError) => void): NextAuthOptions {
  return {
    secret: Buffer.from(hkdfSync("sha256", env().QUADRANT_SECRET, "quadrant", "sign-in/1", 32)).toString("base64url"),
    session: { strategy: "jwt", maxAge: ABSOLUTE_LIMIT_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: true,
    cookies: {
      sessionToken: { name: SESSION_COOKIE, options: COOKIE_OPTIONS },
      csrfToken: { name: "__Host-quadrant-csrf", options: COOKIE_OPTIONS },
      callbackUrl: { name: "__Host-quadrant-callback", options: COOKIE_OPTIONS },
    },
    // A session that is over is no error, and refused tries are in the audit.
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        authorize: (credentials, { headers }) =>
          tryToSignIn(credentials, headers ?? {}, stores).catch(report(onFailure)),
      }),
    ],
    jwt: {
      encode: ({ token }) => sidOf(token),
      decode: ({ token }) => lookUp(token, stores),
    },
    callbacks: {
      redirect: ({ url }) => ownPath(url),
      jwt: ({ token, user }) => (user ? { sub: user.id, sid: sidOf({ ...user }) } : token),
      session: ({ session, token }) => ({ expires: session.expires, user: personOf(token) }),
    },
  };
}

type Sent = Record<string, string | undefined>;

async function tryToSignIn(credentials: Sent | undefined, headers: Sent, stores: Stores) {
  const signedIn = await signIn(
    {
      email: credentials?.email,
      password: credentials?.password,
      requestId: headers["x-request-id"] ?? crypto.randomUUID(),
      ip_prefix: networkPrefix(headers["x-forwarded-for"] ?? null),
      ua_label: browserLabel(headers["user-agent"] ?? null),
    },
    stores,
  );
  return signedIn && { id: signedIn.user_id, sid: signedIn.sid };
}

function report(onFailure: (error: AppError) => void): (error: unknown) => null {
  return (error) => {
    onFailure(toAppError(error));
    return null;
  };
}

async function lookUp(sid: string | undefined, stores: Stores) {
  const session = sid === undefined ? null : await readSession(sid, stores);
  return session && { sid, sub: session.user_id, name: session.display_name, roles: session.roles };
}

/** All that a browser may learn of its session; never the token. */
function personOf(token: Record<string, unknown>) {
  return { id: token.sub, name: String(token.name), roles: token.roles };
}

function sidOf(token: Record<string, unknown> | undefined): string {
  if (typeof token?.sid !== "string") {
    throw new AppError("internal", "A session without an id was to be written.");
  }
  return token.sid;
}
