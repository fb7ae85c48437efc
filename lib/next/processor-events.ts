import "server-only";
import { randomUUID } from "node:crypto";
import { systemContext } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { In, Command } from "@/lib/core/operation";
import { execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import { env } from "@/lib/env";
import { problem } from "./failure";
import { isSigned } from "./processor-signature";
import { boundedText, parsed } from "./request";
import { stores } from "./stores";

const RECEIVE = "processor-event.receive";

/** Where processors tell what became of payments. No session opens it, only their signature. */
export function takeProcessorEvent(request: Request): Promise<Response> {
  return answerEvent(request, env().QUADRANT_PROCESSOR_SECRET, stores());
}

/** The event is kept, then acted on by the worker; told again it is answered as before and changes nothing. */
export async function answerEvent(request: Request, secret: string | undefined, to: Stores): Promise<Response> {
  const requestId = request.headers.get("x-request-id") ?? randomUUID();
  try {
    if (secret === undefined) {
      throw new AppError("not_found", "Events are off. Set QUADRANT_PROCESSOR_SECRET to switch them on.");
    }
    const body = await boundedText(request);
    if (!isSigned(body, request.headers.get("processor-signature"), secret, new Date())) {
      throw new AppError("unauthenticated", "The signature does not belong to this body, or is too old.");
    }
    return Response.json({ received: true, repeated: await isRepeated(parsed(body), to) });
  } catch (error) {
    return problem(toAppError(error), requestId);
  }
}

async function isRepeated(event: unknown, to: Stores): Promise<boolean> {
  const receive = to.operations.get(RECEIVE);
  if (receive?.kind !== "command") throw new Error(`There is no command ${RECEIVE}.`);
  try {
    await execute(receive, unparsed(event), systemContext(RECEIVE), to);
    return false;
  } catch (error) {
    const { code, details } = toAppError(error);
    if (code === "conflict" && details.constraint === "processor_events_once") return true;
    throw error;
  }
}

/** Safe because the runner parses every input before it uses one. */
function unparsed(event: unknown): In<Command> {
  return event as In<Command>;
}
