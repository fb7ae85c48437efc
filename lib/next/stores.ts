import "server-only";
import { openStores, type Stores } from "@/lib/core/stores";
import { operations } from "@/lib/registry";

// Next bundles this module more than once per process (pages, route handlers, instrumentation): one set for all.
const holder: typeof globalThis & { quadrantStores?: Stores } = globalThis;

/** Pools, cache, keys and engines of this process; opened by the first caller. */
export function stores(): Stores {
  holder.quadrantStores ??= openStores(operations);
  return holder.quadrantStores;
}
