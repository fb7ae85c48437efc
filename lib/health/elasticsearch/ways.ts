import "server-only";
import { AppError } from "@/lib/core/errors";
import type { EngineScope } from "@/lib/core/operation";
import type { ElasticWatch } from "@/lib/databases/elasticsearch/watch";

/** The ways in to Elasticsearch; throws `unavailable` where none is configured. */
export function elasticWatch({ watch }: Pick<EngineScope, "watch">): ElasticWatch {
  if (!watch.elasticsearch) {
    throw new AppError("unavailable", "No Elasticsearch is configured.", { store: "elasticsearch" });
  }
  return watch.elasticsearch;
}
