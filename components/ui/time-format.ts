const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const DAY_FORMAT = new Intl.DateTimeFormat("en-GB", {
  day: "2-digit",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** `14 Mar 2024`, the UTC day. */
export function formatDay(iso: string): string {
  return DAY_FORMAT.format(new Date(iso)).replace("Sept", "Sep");
}

/** `2026-11-21 14:21:04`, UTC. */
export function formatUtc(iso: string): string {
  return new Date(iso).toISOString().slice(0, 19).replace("T", " ");
}

/** `11 min ago`, `in 3 h`; from 24 h on the day. */
export function relativeTime(iso: string, now: number): string {
  const distance = now - Date.parse(iso);
  const size = Math.abs(distance);
  if (size >= DAY) {
    return formatDay(iso);
  }
  if (size < 5000) {
    return "now";
  }
  const words = duration(size);
  return distance >= 0 ? `${words} ago` : `in ${words}`;
}

/** The largest unit alone: `40 s`, `11 min`, `2 h`, `19 days`. */
function duration(ms: number): string {
  if (ms < MINUTE) {
    return `${Math.round(ms / 1000)} s`;
  }
  if (ms < HOUR) {
    return `${Math.floor(ms / MINUTE)} min`;
  }
  if (ms < 2 * DAY) {
    return `${Math.floor(ms / HOUR)} h`;
  }
  return `${Math.floor(ms / DAY)} days`;
}
