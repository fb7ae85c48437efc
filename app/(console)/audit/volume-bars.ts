export type Bar = { at: string; count: number; failed: number };

const STEP_MS = { hour: 3_600_000, day: 86_400_000 };
const MOST = 120;

/** Hours or days without an event get a bar of zero, up to the one that is running now. */
export function filled(bars: readonly Bar[], step: "hour" | "day", now = Date.now()): Bar[] {
  const size = STEP_MS[step];
  const known = new Map(bars.map((bar) => [Date.parse(bar.at), bar]));
  const last = Math.floor(now / size) * size;
  const first = Math.max(Date.parse(bars[0]?.at ?? new Date(now).toISOString()), last - (MOST - 1) * size);
  const times = Array.from({ length: Math.round((last - first) / size) + 1 }, (_, index) => first + index * size);
  return times.map((time) => known.get(time) ?? { at: new Date(time).toISOString(), count: 0, failed: 0 });
}
