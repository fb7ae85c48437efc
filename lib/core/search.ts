// Bounded search for queries: it answers in a second or says at once that Elasticsearch is away.
import "server-only";
import type { estypes } from "@elastic/elasticsearch";
import { type Elastic, elasticStatus } from "@/lib/databases/elasticsearch/client";
import { StoreFailure } from "@/lib/databases/resilience";
import { AppError } from "./errors";
import type { Fields, Search, SearchAnswer } from "./operation";

/** Part of the request's own limit, so that a slow search stops on the server too. */
const SEARCH_MS = 900;

export function createSearch(elastic: Elastic | null, namespace: string): Search {
  return {
    async run(index, body) {
      if (elastic === null) throw away("is not configured");
      try {
        const request = { index: namespace + index, timeout: `${SEARCH_MS}ms`, ...body };
        const answer = await elastic.guard.run((signal) => elastic.read.search<Fields>(request, { signal }), {
          retry: true,
        });
        return readAnswer(answer);
      } catch (error) {
        throw error instanceof Error ? translate(error) : error;
      }
    },
  };
}

function readAnswer({ took, hits }: estypes.SearchResponse<Fields>): SearchAnswer {
  const total = typeof hits.total === "number" ? { value: hits.total, relation: "eq" } : hits.total;
  return {
    took_ms: took,
    total: { value: total?.value ?? 0, exact: total?.relation === "eq" },
    hits: hits.hits.map((hit) => ({
      id: hit._id ?? "",
      source: hit._source ?? {},
      highlight: hit.highlight ?? {},
      sort: (hit.sort ?? []).map((value) => (typeof value === "number" || value === null ? value : String(value))),
    })),
  };
}

function translate(error: Error): Error {
  if (error instanceof StoreFailure) return away("did not answer", error);
  const status = elasticStatus(error);
  if (status === 404) return away("has no index yet", error);
  return status === 429 ? away("has too much to do", error) : error;
}

function away(why: string, cause?: Error): AppError {
  return new AppError(
    "unavailable",
    `Elasticsearch ${why}.`,
    { store: "elasticsearch", retry_after_seconds: 5 },
    { cause },
  );
}
