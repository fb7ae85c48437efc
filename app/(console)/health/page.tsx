import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { getHealth } from "@/lib/health/queries";
import { load } from "@/lib/next/load";
import { LiveHealth } from "./live-health";

export const metadata: Metadata = { title: "Health" };

export default async function HealthPage() {
  const { engines } = await load(getHealth, {});
  return (
    <Page crumbs={[{ label: "Databases" }, { label: "Health" }]}>
      <LiveHealth initial={engines} />
    </Page>
  );
}
