import "server-only";
import { cache } from "react";
import { attempt } from "@/lib/next/load";
import { listSessions } from "@/lib/sessions/queries";

/** Asked once for a page, however many panels show it. */
export const sessionsOf = cache((userId: string) => attempt(listSessions, { user_id: userId }));
