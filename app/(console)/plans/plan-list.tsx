import { Layers } from "lucide-react";
import { Empty } from "@/components/ui/empty";
import { attempt } from "@/lib/next/load";
import { listPlans, planCounts } from "@/lib/plans/queries";
import { FailureState } from "../failure-state";
import { PlanCard } from "./plan-card";

export async function PlanList({ edits }: { edits: boolean }) {
  const [result, counted] = await Promise.all([attempt(listPlans, {}), attempt(planCounts, {})]);
  if (!result.ok) return <FailureState failure={result.failure} what="plans" href="/plans" />;
  if (!counted.ok) return <FailureState failure={counted.failure} what="plans" href="/plans" />;
  const { data } = result.value;
  if (data.length === 0) {
    return (
      <Empty icon={Layers} title="No plans yet" role="status">
        Make one, add a price, and sell it.
      </Empty>
    );
  }
  const use = new Map(counted.value.data.map((each) => [each.price_id, each]));
  return data.map((plan) => <PlanCard key={plan.id} plan={plan} use={use} edits={edits} />);
}
