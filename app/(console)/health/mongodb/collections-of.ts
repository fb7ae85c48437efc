import "server-only";
import { cache } from "react";
import { listMongoCollections, listMongoSlow } from "@/lib/health/mongodb/queries";
import type { SlowOrder } from "@/lib/health/mongodb/schema";
import { attempt } from "@/lib/next/load";

/** Asked once for a page, however many panels show it. */
export const collectionsOf = cache(() => attempt(listMongoCollections, {}));

export const slowOf = cache((order: SlowOrder) => attempt(listMongoSlow, { order }));
