import type { Mark } from "@/lib/health/schema";

const MOST = 9;

/** As many marks as a chart can bear, the newest of them, in the order of time. */
export function newest(marks: readonly Mark[]): Mark[] {
  return marks.slice(-MOST);
}
