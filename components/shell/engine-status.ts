import {
  CircleCheck,
  CircleQuestionMark,
  ClockAlert,
  LoaderCircle,
  OctagonX,
  TriangleAlert,
  Wrench,
} from "lucide-react";
import type { EngineStatus } from "@/lib/databases/schema";
import type { Icon, Tone } from "../ui/tone";

/** The words and signs of a store's state; Unknown is drawn with a dashed edge. */
export const ENGINE_STATUS: Record<EngineStatus, { word: string; tone: Tone | "unknown"; icon: Icon; text: string }> = {
  healthy: { word: "Healthy", tone: "ok", icon: CircleCheck, text: "text-ok" },
  degraded: { word: "Degraded", tone: "warn", icon: TriangleAlert, text: "text-warn" },
  down: { word: "Down", tone: "bad", icon: OctagonX, text: "text-bad" },
  starting: { word: "Starting", tone: "info", icon: LoaderCircle, text: "text-accent-text" },
  maintenance: { word: "Maintenance", tone: "info", icon: Wrench, text: "text-accent-text" },
  stale: { word: "Stale", tone: "off", icon: ClockAlert, text: "text-text-2" },
  unknown: { word: "Unknown", tone: "unknown", icon: CircleQuestionMark, text: "text-text-2" },
};
