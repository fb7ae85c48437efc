import { BellOff, CirclePause, CircleX } from "lucide-react";
import { Th } from "@/components/data-table/head-cell";
import { Table, Td } from "@/components/data-table/table";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { formatNumber } from "@/components/ui/number";
import { Time } from "@/components/ui/time";
import type { RuleRow, SignalChoice } from "@/lib/alerts/schema";
import { RemedyButton } from "../health/frame/remedy-button";
import type { May } from "../viewer";
import { deleteRuleDry, deleteRuleRun, editRuleDry, editRuleRun } from "./actions";
import { MuteButton, UnmuteButton } from "./mute-buttons";
import { RuleButton } from "./rule-button";
import { limitWords, shown } from "./words";

type RulesTableProps = {
  title: string;
  rules: readonly RuleRow[];
  signals: readonly SignalChoice[];
  channels: readonly { id: string; name: string }[];
  may: May;
};

export function RulesTable({ title, rules, may, ...choices }: RulesTableProps) {
  if (rules.length === 0) return null;
  return (
    <Card>
      <CardHeader title={title} hint={`${rules.length} ${rules.length === 1 ? "rule" : "rules"}`} />
      <Table caption={`${rules.length} rules of ${title}`} variant="card" cards>
        <thead>
          <tr>
            <Th>Rule</Th>
            <Th>Fires when</Th>
            <Th numeric>Now</Th>
            <Th numeric>Fired in 7 d</Th>
            <Th>State</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id}>
              <Td slot="title" className="whitespace-normal">
                <span className="font-medium">{shortName(rule.name, title)}</span>
                <span className="block font-mono text-xs text-text-3">{rule.signal}</span>
              </Td>
              <Td slot="sub" className="whitespace-normal">
                {limitWords(rule, rule.unit)}
                {rule.critical_threshold === null ? null : (
                  <span className="block text-sm text-text-3">
                    critical {shown(rule.critical_threshold, rule.unit)}
                    {rule.critical_for_seconds === null ? null : ` for ${shown(rule.critical_for_seconds, "s")}`}
                  </span>
                )}
              </Td>
              <Td slot="side" numeric>
                {shown(rule.now, rule.unit)}
              </Td>
              <Td numeric muted>
                {formatNumber(rule.fired_7d)}
              </Td>
              <Td slot="side-2">
                <State rule={rule} />
              </Td>
              <Td slot="more">
                <span className="flex flex-wrap justify-end gap-1.5 max-md:justify-start">
                  {may("alerts.acknowledge") ? (
                    rule.muted ? (
                      <UnmuteButton rule={rule} />
                    ) : (
                      <MuteButton rule={rule} />
                    )
                  ) : null}
                  {may("alerts.edit") ? <Edits rule={rule} {...choices} /> : null}
                </span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

/** Under the heading of its engine a rule need not repeat it. */
function shortName(name: string, engine: string): string {
  const rest = name.startsWith(`${engine}: `) ? name.slice(engine.length + 2) : name;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

function State({ rule }: { rule: RuleRow }) {
  if (!rule.enabled) {
    return (
      <Badge tone="off" icon={CirclePause} quiet>
        Off
      </Badge>
    );
  }
  if (rule.muted) {
    return (
      <span className="status flex items-center gap-1.5 text-sm text-text-2" title={rule.mute_reason ?? undefined}>
        <BellOff size={13} aria-hidden />
        <span>
          Muted until <Time value={rule.muted_until} mode="utc" /> UTC
        </span>
      </span>
    );
  }
  return rule.open ? (
    <Badge tone={rule.severity === "critical" ? "bad" : "warn"} icon={CircleX}>
      Open
    </Badge>
  ) : (
    <span className="text-sm text-text-3">{rule.severity === "critical" ? "Critical" : "Warning"}</span>
  );
}

function Edits({ rule, signals, channels }: { rule: RuleRow } & Pick<RulesTableProps, "signals" | "channels">) {
  const target = { id: rule.id, version: String(rule.version) };
  const word = rule.enabled ? "Switch off" : "Switch on";
  return (
    <>
      <RuleButton rule={rule} signals={signals} channels={channels} aria-label={`Edit ${rule.name}`}>
        Edit…
      </RuleButton>
      <RemedyButton
        command
        reason="optional"
        run={editRuleRun}
        dryRun={editRuleDry}
        fields={{ ...target, enabled: String(!rule.enabled) }}
        label={word}
        ariaLabel={`${word} ${rule.name}`}
        title={`${word} ${rule.name}`}
        description={
          rule.enabled ? "It is not evaluated any more; its open alert ends." : "It is evaluated from the next pass on."
        }
        confirm={`${word.replace("Switch", "Switch rule")}`}
      />
      {rule.builtin === null ? (
        <RemedyButton
          command
          danger
          reason="optional"
          run={deleteRuleRun}
          dryRun={deleteRuleDry}
          fields={target}
          label="Delete…"
          ariaLabel={`Delete ${rule.name}`}
          title={`Delete ${rule.name}`}
          description="Its open alert ends. What it fired stays in the history."
          confirm="Delete rule"
        />
      ) : null}
    </>
  );
}
