"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { toastStore } from "./toast";

const ToastList = lazy(() => import("./toast-list"));

/** Stands once in the root layout; renders nothing until the first toast. */
export function Toasts() {
  const { wanted } = useSyncExternalStore(toastStore.subscribe, toastStore.get, toastStore.getOnServer);
  return wanted ? (
    <Suspense>
      <ToastList />
    </Suspense>
  ) : null;
}
