import { CircleCheck, CircleQuestionMark, CircleSlash, OctagonX, TriangleAlert } from "lucide-react";
import { CardFooter } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { TONE_TEXT } from "@/components/ui/tone";
import { getElasticReport } from "@/lib/health/elasticsearch/queries";
import type { ReportView } from "@/lib/health/elasticsearch/schema";
import { attempt } from "@/lib/next/load";
import { RemedyButton } from "../frame/remedy-button";
import { clearDry, clearRun } from "./actions";
import { Panel } from "./panel";

type Indicator = ReportView["indicators"][number];

const LOOK = {
  green: { icon: CircleCheck, tone: "ok", word: "Green" },
  yellow: { icon: TriangleAlert, tone: "warn", word: "Yellow" },
  red: { icon: OctagonX, tone: "bad", word: "Red" },
  unknown: { icon: CircleQuestionMark, tone: "off", word: "Unknown" },
  absent: { icon: CircleSlash, tone: "off", word: "Not offered" },
} as const;

/** The worst of cluster health, health report and write blocks; each is green in some state in which another is red. */
export async function ReportCard({ mayClear }: { mayClear: boolean }) {
  return (
    <Panel title="Health report" hint={() => "worst of three sources"} found={await attempt(getElasticReport, {})}>
      {({ cluster, single_node, indicators, blocks, worst }) => (
        <>
          <ul className="divide-y divide-line">
            <Line status={cluster} label="Cluster health" symptom={CLUSTER[cluster]} />
            {blocks.map((block) => (
              <Block key={`${block.index}${block.why}`} block={block} mayClear={mayClear} />
            ))}
            {blocks.length === 0 ? (
              <Line status="green" label="Write blocks" symptom="every index takes writes" />
            ) : null}
            {indicators.map((indicator) => (
              <Line key={indicator.id} {...indicator}>
                <Causes indicator={indicator} />
              </Line>
            ))}
          </ul>
          <CardFooter className="py-2">
            Together: {LOOK[worst].word.toLowerCase()}.
            {cluster === "yellow" && single_node
              ? " A single node can hold no replica, so this is no fault of it."
              : ""}
          </CardFooter>
        </>
      )}
    </Panel>
  );
}

const CLUSTER = {
  green: "every copy has a home",
  yellow: "every primary has a home, some copies have none",
  red: "some primaries have no home",
  unknown: "could not be read",
};

type LineProps = {
  status: Indicator["status"];
  label: string;
  symptom: string;
  children?: React.ReactNode;
};

function Line({ status, label, symptom, children }: LineProps) {
  const { icon: Icon, tone, word } = LOOK[status];
  return (
    <li className="status flex items-start gap-2 px-3.5 py-[7px]">
      <Icon size={14} aria-hidden className={`mt-[3px] flex-none ${TONE_TEXT[tone]}`} />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <span className="sr-only">{word}: </span>
        <b className="font-medium">{label}</b> <span className="text-sm text-text-2">{symptom}</span>
        {children}
      </div>
    </li>
  );
}

function Causes({ indicator: { impacts, diagnoses } }: { indicator: Indicator }) {
  if (impacts.length === 0 && diagnoses.length === 0) return null;
  return (
    <ul className="mt-1 space-y-1 text-sm text-text-2">
      {impacts.map((impact) => (
        <li key={impact}>{impact}</li>
      ))}
      {diagnoses.map(({ cause, action }) => (
        <li key={cause}>
          {cause} <span className="text-text">{action}</span>
        </li>
      ))}
    </ul>
  );
}

type BlockProps = { block: ReportView["blocks"][number]; mayClear: boolean };

function Block({ block: { index, flood, why }, mayClear }: BlockProps) {
  const name = index ?? "The whole cluster";
  return (
    <Line status="red" label="Takes no writes" symptom={flood ? "flood stage: a disk was nearly full" : why}>
      <p className="mt-1 flex flex-wrap items-center gap-2">
        <Mono>{name}</Mono>
        {flood && index && mayClear ? (
          <RemedyButton
            run={clearRun}
            dryRun={clearDry}
            fields={{ index }}
            label="Clear block…"
            ariaLabel={`Clear the block of ${index}…`}
            title={`Let ${index} take writes again`}
            confirm="Clear block"
          />
        ) : null}
      </p>
    </Line>
  );
}
