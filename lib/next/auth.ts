import "server-only";
import NextAuth from "next-auth";
import { NextRequest } from "next/server";
import { SESSION_COOKIE } from "@/lib/auth/cookie";
import { authOptions } from "@/lib/auth/options";
import { ownPath } from "@/lib/auth/own-path";
import { AppError } from "@/lib/core/errors";
import { loggable, toAppError } from "@/lib/core/translate";
import { currentRequestId, currentSession } from "./context";
import { problem } from "./failure";
import { assertSameOrigin } from "./origin";
import { stores } from "./stores";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** An e-mail address, a password of 512 bytes, a token and a path, all percent-encoded. */
const MAX_FORM_BYTES = 8192;

const REFUSED = "The e-mail or the password is wrong, or this account may not sign in here.";

/** What of next-auth is open: its token, who I am, and the exchange of credentials. Its pages and log are not. */
export const authRoute = {
  GET: (request: NextRequest, context: RouteContext) =>
    guarded(async () => {
      const path = await pathOf(context);
      if (path !== "csrf" && path !== "session") {
        throw new AppError("not_found", "There is nothing here.");
      }
      if (path === "session") {
        // Asked first, because next-auth would take a database that is away for a session that is over.
        await currentSession();
      }
      // Without a target next-auth would store an address of its own in its cookie.
      const inner = new NextRequest(new URL("?callbackUrl=/", request.url), { headers: request.headers });
      return NextAuth(inner, context, authOptions(stores(), ignore));
    }),

  POST: (request: NextRequest, context: RouteContext) =>
    guarded(async () => {
      assertSameOrigin(request.headers);
      if ((await pathOf(context)) !== "callback/credentials") {
        throw new AppError("not_found", "There is nothing here.");
      }
      return exchange(request, await formOf(request), context);
    }),
};

const ignore = () => {};

/** A refused sign-in is answered by the same bytes whatever the reason and the request; its id is in the header. */
async function guarded(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (thrown) {
    const error = toAppError(thrown);
    const requestId = await currentRequestId();
    if (error.code === "internal") {
      stores().log.error({ request_id: requestId, err: loggable(error) }, "A sign-in failed.");
    }
    return problem(error, error.code === "unauthenticated" ? "" : requestId);
  }
}

async function pathOf({ params }: RouteContext): Promise<string> {
  return (await params).nextauth.join("/");
}

/** next-auth answers 302, 200 and 401 with addresses; callers of this console get one JSON object and a true status. */
async function exchange(request: NextRequest, form: URLSearchParams, context: RouteContext): Promise<Response> {
  let failure = new AppError("unauthenticated", REFUSED);
  const fields = ["csrfToken", "email", "password"].map((name) => [name, form.get(name) ?? ""]);
  const body = new URLSearchParams([...fields, ["callbackUrl", "/"], ["json", "true"]]);
  const inner = new NextRequest(request.url, { method: "POST", headers: request.headers, body });
  const options = authOptions(stores(), (error) => (failure = error));
  const response: Response = await NextAuth(inner, context, options);
  const cookies = response.headers.getSetCookie();
  if (cookies.some((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`))) {
    const headers = new Headers(cookies.map((cookie): [string, string] => ["set-cookie", cookie]));
    return Response.json({ url: ownPath(form.get("callbackUrl")) }, { headers });
  }
  const { url } = (await response.json()) as { url: string };
  throw url.includes("csrf=true") ? new AppError("forbidden", "This page was open for too long. Try again.") : failure;
}

async function formOf(request: NextRequest): Promise<URLSearchParams> {
  if (!request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded")) {
    throw new AppError("malformed", "Send the fields of the form, URL-encoded.");
  }
  const length = Number(request.headers.get("content-length") ?? Number.NaN);
  if (!(length <= MAX_FORM_BYTES)) {
    throw new AppError("too_large", "The form is too large.");
  }
  return new URLSearchParams(await request.text());
}
