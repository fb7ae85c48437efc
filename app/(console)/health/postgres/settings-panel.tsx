import { Badge } from "@/components/ui/badge";
import { CardFooter } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatValue } from "@/components/ui/value";
import { getSettings } from "@/lib/health/postgres/queries";
import type { Setting } from "@/lib/health/postgres/schema";
import { attempt } from "@/lib/next/load";
import { Panel } from "./panel";

export async function SettingsPanel() {
  const found = await attempt(getSettings, {});
  return (
    <Panel id="settings" title="Settings" hint="those that matter" what="the settings" found={found}>
      {({ rows, pending }) => (
        <>
          <dl className="grid gap-x-6 px-3.5 py-2 md:grid-cols-2 xl:grid-cols-3">
            {[...rows]
              .sort((a, b) => urgency(b) - urgency(a))
              .map((setting) => (
                <Line key={setting.name} setting={setting} />
              ))}
          </dl>
          <CardFooter>
            {pending === 0 ? "No change waits for a restart." : `${pending} changes wait for a restart.`}
          </CardFooter>
        </>
      )}
    </Panel>
  );
}

function Line({ setting: { name, value, unit, changed, hazard, pending_restart: pending } }: { setting: Setting }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-2 border-b py-1">
      <dt className="min-w-0">
        <Mono>{name}</Mono>
      </dt>
      <dd className={hazard ? "font-medium text-bad" : changed ? "font-medium" : "text-text-2"}>
        {shown(value, unit)}
        {pending ? (
          <Badge tone="warn" className="ml-1.5">
            waits for a restart
          </Badge>
        ) : null}
      </dd>
      {hazard ? <dd className="w-full text-sm text-bad">{hazard}</dd> : null}
    </div>
  );
}

const BYTES: Record<string, number> = { B: 1, kB: 1024, "8kB": 8192, MB: 1_048_576 };
const MS: Record<string, number> = { ms: 1, s: 1000, min: 60_000 };

function shown(value: string, unit: string | null): string {
  const number = Number(value);
  if (unit === null || !Number.isFinite(number) || number < 0) return value === "" ? "none" : value;
  const [bytes, ms] = [BYTES[unit], MS[unit]];
  if (bytes) return formatValue(number * bytes, "bytes");
  if (ms) return number === 0 ? "none" : formatValue(number * ms, "ms");
  return `${value} ${unit}`;
}

function urgency({ hazard, pending_restart: pending }: Setting): number {
  return hazard ? 2 : pending ? 1 : 0;
}
