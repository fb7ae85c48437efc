"use client";

import { useSyncExternalStore } from "react";

const TICK_MS = 1000;

/** The time, once a second while the page is shown; null on the server, whose clock is another. */
export function useNow(): number | null {
  return useSyncExternalStore(subscribe, second, () => null);
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(() => !document.hidden && listener(), TICK_MS);
  return () => clearInterval(timer);
}

/** Whole seconds, so that two reads within one draw are equal. */
function second(): number {
  return Math.floor(Date.now() / TICK_MS) * TICK_MS;
}
