"use client";

import { useSyncExternalStore } from "react";
import { ENGINES, type EngineHealth } from "@/lib/databases/schema";

/** Three probes of 10 s missed, and some grace. */
const SILENCE_MS = 35_000;
/** Not more than one redraw a second, however quickly events come. */
const PACE_MS = 1000;
const RETRY_MS = 10_000;

type Feed = { engines: readonly EngineHealth[] | null; alerts: number | null; silent: boolean };

const START: Feed = { engines: null, alerts: null, silent: false };
let feed = START;
let waiting: readonly EngineHealth[] | null = null;
let source: EventSource | null = null;
let silence: ReturnType<typeof setTimeout> | undefined;
let pace: ReturnType<typeof setTimeout> | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** The engines as the server last reported them; all Unknown when it has been silent for three probes. */
export function useEngines(initial: readonly EngineHealth[]): readonly EngineHealth[] {
  const { engines, silent } = useSyncExternalStore(
    subscribe,
    () => feed,
    () => START,
  );
  const known = engines ?? initial;
  return silent ? known.map((engine) => ({ ...engine, status: "unknown", reason: "no news from the server" })) : known;
}

/** How many alerts are open and not muted. */
export function useOpenAlerts(initial: number): number {
  const { alerts } = useSyncExternalStore(
    subscribe,
    () => feed,
    () => START,
  );
  return alerts ?? initial;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    document.addEventListener("visibilitychange", followVisibility);
    followVisibility();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      document.removeEventListener("visibilitychange", followVisibility);
      close();
    }
  };
}

/** A hidden tab asks for nothing. */
function followVisibility(): void {
  if (document.hidden) {
    close();
  } else {
    open();
  }
}

function open(): void {
  close();
  connect();
  expectNews();
}

/** Only news ends the silence: a server that answers each try with an error has told nothing. */
function connect(): void {
  source = new EventSource("/api/events");
  source.addEventListener("health", (event: MessageEvent<string>) => receive(event.data));
  source.addEventListener("alerts", (event: MessageEvent<string>) => receiveAlerts(event.data));
  source.addEventListener("error", () => {
    // The browser tries again by itself, except after an HTTP error.
    if (source?.readyState === EventSource.CLOSED) {
      retry = setTimeout(connect, RETRY_MS);
    }
  });
}

function close(): void {
  source?.close();
  source = null;
  [silence, pace, retry].forEach(clearTimeout);
  pace = undefined;
}

function expectNews(): void {
  clearTimeout(silence);
  silence = setTimeout(() => publish({ ...feed, silent: true }), SILENCE_MS);
}

function receive(data: string): void {
  const engines: unknown = JSON.parse(data);
  if (!isHealth(engines)) {
    return;
  }
  expectNews();
  waiting = engines;
  pace ??= setTimeout(flush, feed.engines ? PACE_MS : 0);
}

function receiveAlerts(data: string): void {
  const counts: { open?: unknown } | null = JSON.parse(data);
  if (typeof counts?.open === "number" && counts.open !== feed.alerts) publish({ ...feed, alerts: counts.open });
}

function flush(): void {
  pace = undefined;
  publish({ ...feed, engines: waiting, silent: false });
}

function publish(next: Feed): void {
  feed = next;
  listeners.forEach((listener) => listener());
}

function isHealth(value: unknown): value is EngineHealth[] {
  const known: readonly unknown[] = ENGINES;
  return Array.isArray(value) && value.every((item: { engine?: unknown } | null) => known.includes(item?.engine));
}
