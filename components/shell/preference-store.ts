"use client";

import { useSyncExternalStore } from "react";

type Preference = "theme" | "density" | "keys";

const YEAR_SECONDS = 365 * 86_400;
const listeners = new Set<() => void>();

export function usePreference(name: Preference): string {
  return useSyncExternalStore(
    subscribe,
    () => document.documentElement.dataset[name] ?? "",
    () => "",
  );
}

/** Kept in a cookie that the server reads, so that the first paint is right. */
export function savePreference(name: Preference, value: string): void {
  document.documentElement.dataset[name] = value;
  document.cookie = `quadrant-${name}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
