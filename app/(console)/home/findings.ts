import "server-only";
import { auditStatus } from "@/lib/audit/queries";
import { ENGINE_LABELS, type EngineHealth } from "@/lib/databases/schema";
import { getHealth } from "@/lib/health/queries";
import { attempt } from "@/lib/next/load";

type Finding = { title: string; text: string; since: string | null; bad: boolean; href: string; action: string };

/** Everything the console itself knows to be wrong, as far as the role may see it. */
export async function findings({ seesHealth, seesAudit }: { seesHealth: boolean; seesAudit: boolean }) {
  const [engines, audit] = await Promise.all([seesHealth ? ofEngines() : [], seesAudit ? ofAudit() : []]);
  const found = [...engines, ...audit].sort((left, right) => Number(right.bad) - Number(left.bad));
  return { found, checkedAt: new Date().toISOString() };
}

async function ofEngines(): Promise<Finding[]> {
  const health = await attempt(getHealth, {});
  return health.ok ? health.value.engines.filter(({ status }) => status !== "healthy").map(ofEngine) : [];
}

function ofEngine({ engine, status, reason, since }: EngineHealth): Finding {
  return {
    title: `${ENGINE_LABELS[engine]} is ${status}`,
    text: reason ?? "It has not said why.",
    since,
    bad: status === "down",
    href: `/health/${engine}`,
    action: "Open",
  };
}

async function ofAudit(): Promise<Finding[]> {
  const status = await attempt(auditStatus, {});
  if (!status.ok || status.value.state === "verified") {
    return [];
  }
  const { state, problem, verified } = status.value;
  const broken = state === "broken";
  return [
    {
      title: broken ? "The audit chain is broken" : "The audit chain was not verified for 2 h",
      text: broken
        ? (problem ?? "Events no longer fit together.")
        : "The worker checks it all the time: look whether it runs.",
      since: verified?.at ?? null,
      bad: broken,
      href: "/audit",
      action: "Open",
    },
  ];
}
