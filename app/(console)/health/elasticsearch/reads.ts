import "server-only";
import { cache } from "react";
import { getElasticNodes, getElasticShards } from "@/lib/health/elasticsearch/queries";
import { attempt } from "@/lib/next/load";

/** Asked once for a page, however many panels show a part of it. */
export const nodesNow = cache(() => attempt(getElasticNodes, {}));
export const shardsNow = cache(() => attempt(getElasticShards, {}));
