import type { LucideIcon } from "lucide-react";

export type Tone = "ok" | "warn" | "bad" | "info" | "off";

/** What a noun's status map says of one status; `icon` is a lucide name. */
export type StatusEntry = { word: string; icon: string; tone: Tone; filled: boolean };

export type Icon = LucideIcon;

export const TONE_TEXT: Record<Tone, string> = {
  ok: "text-ok",
  warn: "text-warn",
  bad: "text-bad",
  info: "text-accent-text",
  off: "text-text-2",
};
