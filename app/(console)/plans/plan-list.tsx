import { Layers } from "lucide-react";
import { Empty } from "@/components/ui/empty";
import { attempt } from "@/lib/next/load";
import { listPlans } from "@/lib/plans/queries";
import { FailureState } from "../failure-state";
import { PlanCard } from "./plan-card";

export async function PlanList({ edits }: { edits: boolean }) {
  const result = await attempt(listPlans, {});
  if (!result.ok) return <FailureState failure={result.failure} what="plans" href="/plans" />;
  const { data } = result.value;
  if (data.length === 0) {
    return (
      <Empty icon={Layers} title="No plans yet" role="status">
        Make one, add a price, and sell it.
      </Empty>
    );
  }
  return data.map((plan) => <PlanCard key={plan.id} plan={plan} edits={edits} />);
}
