import "server-only";
import { cookies } from "next/headers";
import { SESSION_COOKIE } from "@/lib/auth/cookie";
import { readSession, type SessionSnapshot } from "@/lib/auth/sessions";
import type { Context } from "@/lib/core/operation";
import { ask } from "@/lib/core/run";
import type { EngineHealth } from "@/lib/databases/schema";
import { currentContext, currentRequestId, currentSession } from "./context";
import { eventStream } from "./event-stream";
import { problem } from "./failure";
import { stores } from "./stores";
import { toAppError } from "@/lib/core/translate";

/** A session that has ended, or lost a permission, is noticed within this time. */
const RECHECK_MS = 30_000;
/** The four probes of a round come together in one event. */
const GATHER_MS = 200;

/** Live state of the engines for everyone signed in; reasons and versions only for those who may see health. */
export async function events(request: Request): Promise<Response> {
  try {
    const ctx = await currentContext("api", { passive: true });
    const session = await currentSession();
    const sid = (await cookies()).get(SESSION_COOKIE)?.value ?? "";
    return healthStream(request.signal, sid, session, ctx);
  } catch (thrown) {
    return problem(toAppError(thrown), await currentRequestId());
  }
}

function healthStream(signal: AbortSignal, sid: string, first: SessionSnapshot | null, ctx: Context): Response {
  const { engines } = stores();
  let session = first;
  return eventStream(signal, ({ send, close }) => {
    let gathering: NodeJS.Timeout | undefined;
    const report = () => {
      gathering = undefined;
      send("health", shownTo(session, engines.health()));
      void alertCounts(session, ctx).then((counts) => counts !== null && send("alerts", counts));
    };
    const forget = engines.onChange(() => {
      gathering ??= setTimeout(report, GATHER_MS);
    });
    const recheck = setInterval(() => {
      void readSession(sid, stores()).then((found) => {
        session = found;
        if (!found) close();
      }, close);
    }, RECHECK_MS);
    report();
    return () => {
      clearTimeout(gathering);
      clearInterval(recheck);
      forget();
    };
  });
}

/** Null for whoever may not see alerts, and while nobody can say. Cached, so that many open tabs ask once. */
async function alertCounts(session: SessionSnapshot | null, ctx: Context): Promise<unknown> {
  const counts = stores().operations.get("alert.counts");
  if (counts?.kind !== "query" || !session?.permissions.includes("alerts.read")) return null;
  return ask(counts, {}, ctx, stores()).catch(() => null);
}

function shownTo(session: SessionSnapshot | null, engines: readonly EngineHealth[]): readonly EngineHealth[] {
  if (session?.permissions.includes("health.read")) return engines;
  return engines.map((engine) => ({ ...engine, reason: null, reasons: [], version: null }));
}
