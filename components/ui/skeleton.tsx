import { cn } from "./cn";

/** A grey bar in place of a word; appears after 150 ms so that quick answers do not flash. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("late block h-2.5 rounded-xs bg-off-soft", className)} />;
}
