// Bounded reads of documents by id.
import "server-only";
import type { Mongo } from "@/lib/databases/mongodb/client";
import { StoreFailure } from "@/lib/databases/resilience";
import { AppError } from "./errors";
import type { Documents } from "./operation";

export function createDocuments(mongo: Mongo): Documents {
  return {
    async find(collection, id) {
      try {
        return await mongo.find(collection, id);
      } catch (error) {
        if (!(error instanceof StoreFailure)) throw error;
        const details = { store: "mongodb", retry_after_seconds: 5 };
        throw new AppError("unavailable", "MongoDB did not answer.", details, { cause: error });
      }
    },
  };
}
