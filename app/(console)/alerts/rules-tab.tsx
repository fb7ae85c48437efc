import { Plus } from "lucide-react";
import { listChannels } from "@/lib/alerts/delivery/queries";
import { listRules } from "@/lib/alerts/queries";
import { ENGINE_LABELS, ENGINES } from "@/lib/databases/schema";
import { attempt } from "@/lib/next/load";
import { FailureState } from "../failure-state";
import type { May } from "../viewer";
import { RuleButton } from "./rule-button";
import { RulesTable } from "./rules-table";
import { engineOf } from "./words";

/** Every rule by engine, with the value of now beside its limit. */
export async function RulesTab({ may }: { may: May }) {
  const [rules, channels] = await Promise.all([attempt(listRules, {}), attempt(listChannels, {})]);
  if (!rules.ok) return <FailureState failure={rules.failure} what="rules" href="/alerts?tab=rules" />;
  const { data, signals } = rules.value;
  const told = channels.ok ? channels.value.data.map(({ id, name }) => ({ id, name })) : [];
  const edits = may("alerts.edit");
  return (
    <div className="grid gap-4">
      {edits ? (
        <div>
          <RuleButton rule={null} signals={signals} channels={told} variant="primary">
            <Plus size={14} aria-hidden />
            New rule
          </RuleButton>
        </div>
      ) : null}
      {ENGINES.map((engine) => (
        <RulesTable
          key={engine}
          title={ENGINE_LABELS[engine]}
          rules={data.filter(({ signal }) => engineOf(signal) === engine)}
          signals={signals}
          channels={told}
          may={may}
        />
      ))}
    </div>
  );
}
