import Link from "next/link";
import { ENGINE_LABELS } from "@/lib/databases/schema";
import type { Mark } from "@/lib/health/schema";
import { cn } from "../ui/cn";
import { formatUtc } from "../ui/time-format";

type MarkListProps = {
  marks: readonly Mark[];
  /** Beside a chart of all engines: in one column, with their names. */ named?: boolean;
};

/** What the numbers on the charts stand for; each leads to where it is told in full. */
export function MarkList({ marks, named = false }: MarkListProps) {
  if (marks.length === 0) {
    return <p className="text-sm text-text-3">No admin action, incident or maintenance in this time.</p>;
  }
  return (
    <ol className={cn("grid gap-x-4 gap-y-2.5", !named && "md:grid-cols-2 xl:grid-cols-3")}>
      {marks.map((mark, index) => (
        <li key={mark.at + mark.text} className="flex gap-2.5">
          <span className="mt-0.5 grid size-4 flex-none place-items-center rounded-full bg-ink text-[10px] leading-none font-semibold text-on-ink">
            {index + 1}
          </span>
          <p className="min-w-0 [overflow-wrap:anywhere]">
            {mark.href ? (
              <Link href={mark.href} prefetch={false} className="rounded-xs font-medium hover:underline">
                {mark.text}
              </Link>
            ) : (
              <span className="font-medium">{mark.text}</span>
            )}
            <span className="block text-sm text-text-3">{whenOf(mark, named)}</span>
          </p>
        </li>
      ))}
    </ol>
  );
}

function whenOf({ at, until, kind, engine }: Mark, named: boolean): string {
  const end = until ? `–${formatUtc(until).slice(11, 16)}` : "";
  const word = { action: "admin action", incident: "incident", maintenance: "maintenance" }[kind];
  const parts = [`${formatUtc(at).slice(5, 16)}${end} UTC`, named ? ENGINE_LABELS[engine] : "", word];
  return [...parts, !until && kind !== "action" ? "goes on" : ""].filter(Boolean).join(", ");
}
