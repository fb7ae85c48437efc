import "server-only";
import { cache } from "react";
import { getRedisKeys, getRedisState } from "@/lib/health/redis/queries";
import { attempt } from "@/lib/next/load";

/** Read once for all panels of a page that show a part of them. */
export const stateNow = cache(() => attempt(getRedisState, {}));
export const keysNow = cache(() => attempt(getRedisKeys, {}));
