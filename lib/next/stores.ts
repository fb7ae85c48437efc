import "server-only";
import { openStores, type Stores } from "@/lib/core/stores";
import { operations } from "@/lib/registry";

// Next bundles this module more than once per process (pages, route handlers, instrumentation): one set for all.
const holder: typeof globalThis & { quadrantStores?: Stores } = globalThis;

let own: Stores | undefined;

/** Pools, cache, keys and engines of this process, opened by the first caller, with the operations of this bundle. */
export function stores(): Stores {
  holder.quadrantStores ??= openStores(operations);
  own ??= { ...holder.quadrantStores, operations };
  return own;
}
