// Column types of the mirror. The SQL files are the truth; the mirror gives their rows TypeScript types.
import { bigint, customType, pgSchema, timestamp } from "drizzle-orm/pg-core";

export const app = pgSchema("app");
export const system = pgSchema("system");

/** An instant as PostgreSQL writes it; `toIso` of lib/core/paging.ts makes it an ISO string. */
export const instant = () => timestamp({ mode: "string", withTimezone: true });

/** Counters and positions, far below 2^53. */
export const count = () => bigint({ mode: "number" });

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });
