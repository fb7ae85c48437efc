import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { Suspense, type ReactNode } from "react";
import { Page, PageTitle } from "@/components/shell/page";
import { Time } from "@/components/ui/time";
import { alertCounts } from "@/lib/alerts/queries";
import { getHealth } from "@/lib/health/queries";
import type { AlertCounts } from "@/lib/alerts/schema";
import { attempt } from "@/lib/next/load";
import { LiveRefresh } from "../health/frame/live-refresh";
import type { Params } from "../list-params";
import { PanelSkeleton } from "../users/[id]/panel-skeleton";
import { viewer, type May } from "../viewer";
import { ClearedTab } from "./cleared-tab";
import { DeliveryTab } from "./delivery-tab";
import { MaintenanceTab } from "./maintenance-tab";
import { NowTab } from "./now-tab";
import { RulesTab } from "./rules-tab";
import { Tabs } from "./tabs";
import { TABS, TAB_LABELS, type Tab } from "./words";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const [params, { may }] = await Promise.all([searchParams, viewer()]);
  const tab = TABS.find((name) => name === params["tab"]) ?? "now";
  const isLive = tab === "now" || tab === "delivery";
  const [counted, health] = await Promise.all([
    attempt(alertCounts, {}),
    isLive && may("health.read") ? attempt(getHealth, {}) : null,
  ]);
  if (!counted.ok && counted.failure.code === "forbidden") forbidden();
  const counts = counted.ok ? counted.value : null;
  return (
    <Page crumbs={[{ label: "Alerts" }]} className="grid content-start gap-3.5">
      <PageTitle
        title="Alerts"
        actions={
          health?.ok ? <LiveRefresh initial={health.value.engines} measured={counts?.checked_at ?? null} /> : null
        }
      >
        {counts ? <Checked counts={counts} /> : null}
      </PageTitle>
      <Tabs active={tab} counts={counts} />
      <Suspense key={tab} fallback={<PanelSkeleton title={TAB_LABELS[tab]} />}>
        {contentOf(tab, params, may, counts)}
      </Suspense>
    </Page>
  );
}

function Checked({ counts }: { counts: AlertCounts }) {
  const { rules, checked_at: at } = counts;
  return (
    <span className="ml-1 text-text-3">
      {rules} rules,{" "}
      {at === null ? (
        "never checked"
      ) : (
        <>
          last checked <Time value={at} />
        </>
      )}
    </span>
  );
}

function contentOf(tab: Tab, params: Params, may: May, counts: AlertCounts | null): ReactNode {
  switch (tab) {
    case "now":
      return <NowTab may={may} counts={counts} />;
    case "cleared":
      return <ClearedTab params={params} />;
    case "rules":
      return <RulesTab may={may} />;
    case "maintenance":
      return <MaintenanceTab may={may} />;
    case "delivery":
      return <DeliveryTab may={may} params={params} />;
  }
}
