"use client";

type ToastTone = "ok" | "warn" | "bad";

export type ToastInput = {
  title: string;
  text?: string;
  tone?: ToastTone;
  /** Shows Undo, with the key Z while the toast is open. */
  undo?: () => void | Promise<void>;
};

type State = { wanted: boolean; queue: readonly ToastInput[] };

const IDLE: State = { wanted: false, queue: [] };
let state = IDLE;
const listeners = new Set<() => void>();

/** Shows a toast at the bottom right for 8 s; the library behind it is loaded with the first one. */
export function toast(input: ToastInput): void {
  set({ wanted: true, queue: [...state.queue, input] });
}

/** For `Toasts` alone: takes what waits. */
export function takeToasts(): readonly ToastInput[] {
  const { queue } = state;
  if (queue.length > 0) {
    set({ wanted: true, queue: [] });
  }
  return queue;
}

export const toastStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): State => state,
  getOnServer: (): State => IDLE,
};

function set(next: State): void {
  state = next;
  listeners.forEach((listener) => listener());
}
