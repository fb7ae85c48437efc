"use client";

import { useSyncExternalStore } from "react";

export type Overlay = "palette" | "shortcuts";

let open: Overlay | null = null;
const listeners = new Set<() => void>();

/** Opens one of the sheets over the page, or closes with null; asking for the open one closes it. */
export function showOverlay(overlay: Overlay | null): void {
  open = overlay === open ? null : overlay;
  listeners.forEach((listener) => listener());
}

export function useOverlay(): Overlay | null {
  return useSyncExternalStore(
    subscribe,
    () => open,
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
