import { LoaderCircle, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { ENGINE_LABELS, type Engine, type EngineHealth } from "@/lib/databases/schema";
import { formatUtc } from "../ui/time-format";

/** What goes on without the engine, worst engine first. */
const MEANS: readonly (readonly [Engine, string])[] = [
  ["postgres", "Nothing can be read or saved until it is back."],
  [
    "elasticsearch",
    "Search runs on PostgreSQL: names and e-mails that start with your words, no typo help. Nothing is lost.",
  ],
  ["mongodb", "Profiles are missing. Everything else works."],
  ["redis", "Pages read from PostgreSQL and are a little slower. Nothing is lost."],
];

/** At most one: the engine whose absence costs most. Rendered with the page, so it is as old as the page. */
export function Banner({ engines, healthLink }: { engines: readonly EngineHealth[]; healthLink: boolean }) {
  const missing = engines.filter(({ status }) => status === "down" || status === "starting");
  const [engine, means] = MEANS.find(([name]) => missing.some((health) => health.engine === name)) ?? [];
  const health = missing.find((item) => item.engine === engine);
  if (!engine || !health) {
    return null;
  }
  const Icon = health.status === "starting" ? LoaderCircle : TriangleAlert;
  return (
    <div
      role="status"
      className="status flex min-h-10 flex-none items-center gap-2.5 border-b border-warn/22 bg-warn-soft px-5 py-1.5 max-md:items-start max-md:px-4"
    >
      <Icon size={15} aria-hidden className="text-warn max-md:mt-0.5" />
      <p className="min-w-0 flex-1">
        <b className="font-semibold text-warn">{title(engine, health)}</b> {means}
      </p>
      {healthLink ? (
        <Link href="/health" className="link">
          See health
        </Link>
      ) : null}
    </div>
  );
}

function title(engine: Engine, { status, since }: EngineHealth): string {
  const name = ENGINE_LABELS[engine];
  if (status === "starting") {
    return `${name} is starting.`;
  }
  return since ? `${name} is down since ${formatUtc(since).slice(11, 16)} UTC.` : `${name} is down.`;
}
