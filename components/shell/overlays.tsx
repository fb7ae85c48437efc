"use client";

import { useRouter } from "next/navigation";
import { lazy, Suspense, useEffect } from "react";
import { handleKey } from "./keyboard";
import { showOverlay, useOverlay } from "./overlay-store";
import type { PalettePage } from "./palette";

const Palette = lazy(() => import("./palette"));
const ShortcutsSheet = lazy(() => import("./shortcuts-sheet"));

type OverlaysProps = { pages: readonly PalettePage[]; searchUsers: boolean };

/** Listens to the keys of the registry and loads the palette or the sheet when one is wanted. */
export function Overlays({ pages, searchUsers }: OverlaysProps) {
  const router = useRouter();
  const overlay = useOverlay();

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const walk = (href: string) => pages.some((page) => page.href === href) && router.push(href);
      handleKey(event, { walk, refresh: () => router.refresh() });
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [pages, router]);

  const close = () => showOverlay(null);
  return (
    <Suspense>
      {overlay === "palette" ? <Palette pages={pages} searchUsers={searchUsers} onClose={close} /> : null}
      {overlay === "shortcuts" ? <ShortcutsSheet onClose={close} /> : null}
    </Suspense>
  );
}
