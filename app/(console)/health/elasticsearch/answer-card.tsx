import { CircleCheck, CircleX } from "lucide-react";
import Link from "next/link";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { Note } from "@/components/ui/note";
import { Time } from "@/components/ui/time";
import { explainElasticShard } from "@/lib/health/elasticsearch/queries";
import type { Answer, ShardsView } from "@/lib/health/elasticsearch/schema";
import { attempt } from "@/lib/next/load";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { RemedyButton } from "../frame/remedy-button";
import { retryDry, retryRun } from "./actions";
import { Panel } from "./panel";
import { shardsNow } from "./reads";

type Homeless = { index: string; shard: number; primary: boolean };

type AnswerCardProps = { wanted: string | undefined; mayRetry: boolean };

/** Why one copy has no home; `wanted` is `index:shard:p` of the address, else the first, primaries before copies. */
export async function AnswerCard({ wanted, mayRetry }: AnswerCardProps) {
  const found = await shardsNow();
  const all = found.ok ? homelessOf(found.value) : [];
  const chosen = all.find((copy) => keyOf(copy) === wanted) ?? all[0];
  if (!chosen) {
    return (
      <Panel title="Copies without a home" found={found}>
        {({ blind }) => (
          <CardBody className="text-text-2">
            {blind.length > 0 ? "Unknown: the shards could not be read." : "Every copy of every shard has a home."}
          </CardBody>
        )}
      </Panel>
    );
  }
  const answer = await attempt(explainElasticShard, chosen);
  const others = all.filter((copy) => copy !== chosen);
  const title = `Why has ${chosen.index}, ${chosen.shard} no home?`;
  return (
    <Card aria-label={title}>
      <CardHeader title={title} hint={chosen.primary ? "primary" : "replica"} />
      {answer.ok ? (
        <Told answer={answer.value} mayRetry={mayRetry} />
      ) : (
        <PanelFailure failure={answer.failure} what="why" />
      )}
      {others.length > 0 ? <Others copies={others} /> : null}
    </Card>
  );
}

function Told({ answer, mayRetry }: { answer: Answer; mayRetry: boolean }) {
  return (
    <>
      <ul className="divide-y divide-line border-b">
        {answer.nodes.map(({ node, may, rule, why }) => (
          <li key={node} className="grid grid-cols-[auto_auto_minmax(0,1fr)_auto] items-start gap-x-2.5 px-3.5 py-2">
            <b className="font-medium">{node}</b>
            <span className="status inline-flex h-5 items-center gap-1">
              {may ? (
                <CircleCheck size={13} aria-hidden className="text-ok" />
              ) : (
                <CircleX size={13} aria-hidden className="text-warn" />
              )}
              {may ? "Yes" : "No"}
            </span>
            <span className="min-w-0 text-text-2 [overflow-wrap:anywhere]">{why}</span>
            <Mono className="text-text-3 max-md:hidden">{rule}</Mono>
          </li>
        ))}
      </ul>
      <CardBody className="space-y-2.5">
        <Note tone={answer.primary ? "bad" : "info"} title={answer.verdict}>
          It is without a home because {answer.cause}
          {answer.since ? (
            <>
              , since <Time value={answer.since} focusable />
            </>
          ) : null}
          .
        </Note>
        <p className="flex flex-wrap items-center gap-2 text-sm text-text-2">
          {mayRetry ? (
            <RemedyButton
              run={retryRun}
              dryRun={retryDry}
              fields={{}}
              label="Retry allocation…"
              title="Try again to place what has no home"
              confirm="Retry allocation"
            />
          ) : null}
          {answer.retry_helps
            ? "The server gave up after failed attempts; a retry makes it try again."
            : "A retry changes nothing: no attempt failed, the rules forbid it."}
        </p>
      </CardBody>
    </>
  );
}

const LINKED = 6;

function Others({ copies }: { copies: readonly Homeless[] }) {
  return (
    <CardFooter className="flex-wrap py-2">
      Also without a home:
      {copies.slice(0, LINKED).map((copy) => (
        <Link
          key={keyOf(copy)}
          href={`/health/elasticsearch?shard=${encodeURIComponent(keyOf(copy))}`}
          scroll={false}
          className="text-accent-text underline-offset-2 hover:underline"
        >
          {copy.index}, {copy.shard}
        </Link>
      ))}
      {copies.length > LINKED ? `and ${copies.length - LINKED} more` : null}
    </CardFooter>
  );
}

function homelessOf({ indices }: ShardsView): Homeless[] {
  const all = indices.flatMap(({ index, homeless }) =>
    homeless.map(({ shard, primary }) => ({ index, shard, primary })),
  );
  return all.sort((a, b) => Number(b.primary) - Number(a.primary));
}

function keyOf({ index, shard, primary }: Homeless): string {
  return `${index}:${shard}:${primary ? "p" : "r"}`;
}
