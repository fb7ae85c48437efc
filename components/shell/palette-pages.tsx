"use client";

import { ArrowRight, Keyboard, Moon, Sun, SunMoon } from "lucide-react";
import { PaletteGroup, PaletteItem, matches } from "./palette-item";
import type { PalettePage } from "./palette";
import { showOverlay } from "./overlay-store";
import { savePreference } from "./preference-store";

type PagesProps = { pages: readonly PalettePage[]; words: string; go: (href: string) => void };

export function PalettePages({ pages, words, go }: PagesProps) {
  const found = pages.filter(({ label }) => matches(label, words));
  return found.length === 0 ? null : (
    <PaletteGroup heading="Pages">
      {found.map(({ href, label }) => (
        <PaletteItem key={href} value={href} icon={<ArrowRight size={15} aria-hidden />} onSelect={() => go(href)}>
          {label}
        </PaletteItem>
      ))}
    </PaletteGroup>
  );
}

const ACTIONS = [
  { label: "Show all shortcuts", icon: Keyboard, run: () => showOverlay("shortcuts") },
  { label: "Use the light theme", icon: Sun, run: () => savePreference("theme", "light") },
  { label: "Use the dark theme", icon: Moon, run: () => savePreference("theme", "dark") },
  { label: "Use the theme of the system", icon: SunMoon, run: () => savePreference("theme", "system") },
];

export function PaletteActions({ words }: { words: string }) {
  const found = ACTIONS.filter(({ label }) => matches(label, words));
  return found.length === 0 ? null : (
    <PaletteGroup heading="Actions">
      {found.map(({ label, icon: Icon, run }) => (
        <PaletteItem key={label} value={label} icon={<Icon size={15} aria-hidden />} onSelect={run}>
          {label}
        </PaletteItem>
      ))}
    </PaletteGroup>
  );
}
