"use client";

import { useSyncExternalStore } from "react";

export type Live = "live" | "paused" | "away";

/** A page is read again at most this often, however quickly reports come. */
const EVERY_MS = 10_000;
/** Without a key or a pointer for this long nobody reads it; and reading it keeps a session alive. */
const AWAY_MS = 15 * 60_000;
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown"] as const;

let state: Live = "live";
let readAt = 0;
let touchedAt = 0;
const listeners = new Set<() => void>();

export function useLive(): Live {
  return useSyncExternalStore(
    subscribe,
    () => state,
    () => "live",
  );
}

export function setLive(next: Live): void {
  state = next;
  touchedAt = Date.now();
  listeners.forEach((listener) => listener());
}

/** Something new was measured: reads the page again, unless it was just read or nobody looks at it. */
export function news(read: () => void): void {
  const now = Date.now();
  if (state !== "live" || document.hidden || now - readAt < EVERY_MS) return;
  if (now - touchedAt > AWAY_MS) {
    setLive("away");
  } else if (!document.querySelector('[role="dialog"], [role="alertdialog"]')) {
    readAt = now;
    read();
  }
}

function touch(): void {
  touchedAt = Date.now();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    readAt = Date.now();
    touch();
    SIGNS_OF_LIFE.forEach((sign) => document.addEventListener(sign, touch, { passive: true }));
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) SIGNS_OF_LIFE.forEach((sign) => document.removeEventListener(sign, touch));
  };
}
