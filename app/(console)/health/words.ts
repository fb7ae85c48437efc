const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `4 s ago`; an instant that the other clock puts ahead is now. */
export function ago(iso: string, now: number): string {
  return `${lasting(Math.max(0, now - Date.parse(iso)))} ago`;
}

/** Two units at most: `40 s`, `6 min 12 s`, `2 h 12 min`, `19 days`. */
export function lasting(ms: number): string {
  if (ms < MINUTE) {
    return `${Math.floor(ms / 1000)} s`;
  }
  if (ms < HOUR) {
    return `${Math.floor(ms / MINUTE)} min ${Math.floor((ms % MINUTE) / 1000)} s`;
  }
  if (ms < 2 * DAY) {
    return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
  }
  return `${Math.floor(ms / DAY)} days`;
}
