import { CircleCheck, CircleX, Clock, Send } from "lucide-react";
import { Th } from "@/components/data-table/head-cell";
import { Pager } from "@/components/data-table/pager";
import { hrefWith } from "@/components/data-table/params";
import { Table, Td } from "@/components/data-table/table";
import { Badge } from "@/components/ui/badge";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { Empty } from "@/components/ui/empty";
import { formatMs } from "@/components/ui/number";
import { Time } from "@/components/ui/time";
import { listDeliveries } from "@/lib/alerts/delivery/queries";
import { type DeliveryRow, ListDeliveries } from "@/lib/alerts/delivery/schema";
import { attempt } from "@/lib/next/load";
import { RemedyButton } from "../health/frame/remedy-button";
import { readList, type Params } from "../list-params";
import { PanelFailure } from "../users/[id]/panel-failure";
import { replayDry, replayRun } from "./actions";

const HERE = "/alerts?tab=delivery";
const EVENT_WORDS = { firing: "fired", worse: "became critical", resolved: "cleared", test: "Test" };

/** Every message, newest first, with each try. */
export async function Deliveries({ params, edits }: { params: Params; edits: boolean }) {
  const { input } = readList(ListDeliveries, { limit: "25", ...params }, ["tab"]);
  const found = await attempt(listDeliveries, input);
  if (!found.ok) {
    return (
      <Card>
        <CardHeader title="Messages" />
        <PanelFailure failure={found.failure} what="messages" />
      </Card>
    );
  }
  const { data, page } = found.value;
  const href = (patch: Record<string, string>) => hrefWith("/alerts", { tab: "delivery" }, patch);
  return (
    <Card>
      <CardHeader title="Messages" hint="newest first" />
      {data.length === 0 ? (
        <Empty icon={Send} title="Nothing was sent yet" role="status" className="py-8">
          Messages appear here when an alert fires or a test is sent.
        </Empty>
      ) : (
        <Table caption={`${data.length} messages`} variant="card" cards>
          <thead>
            <tr>
              <Th>Message</Th>
              <Th>Channel</Th>
              <Th>State</Th>
              <Th>Tries</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {data.map((row) => (
              <Message key={row.id} row={row} edits={edits} />
            ))}
          </tbody>
        </Table>
      )}
      <CardFooter>
        <Pager
          first={input.after || input.before ? HERE : null}
          previous={page.previous ? href({ before: page.previous }) : null}
          next={page.next ? href({ after: page.next }) : null}
          words={{ previous: "Newer", next: "Older" }}
        />
      </CardFooter>
    </Card>
  );
}

function Message({ row, edits }: { row: DeliveryRow; edits: boolean }) {
  const what = row.alert === null ? EVENT_WORDS.test : `${row.alert} ${EVENT_WORDS[row.event]}`;
  return (
    <tr>
      <Td slot="title" className="whitespace-normal">
        <span className="font-medium">{what}</span>
        <span className="block text-sm text-text-3">
          <Time value={row.created_at} mode="utc" /> UTC
        </span>
      </Td>
      <Td slot="sub">{row.channel}</Td>
      <Td slot="side">
        <State row={row} />
      </Td>
      <Td slot="more" className="whitespace-normal">
        <Tries row={row} />
      </Td>
      <Td slot="side-2">
        {edits && row.state !== "waiting" ? (
          <RemedyButton
            command
            reason="optional"
            run={replayRun}
            dryRun={replayDry}
            fields={{ id: row.id, version: String(row.version) }}
            label="Send again"
            ariaLabel={`Send again: ${what} to ${row.channel}`}
            title={`Send again to ${row.channel}`}
            description="The same words under the same id, so that the other side can tell it is a repetition."
            confirm="Send message again"
          />
        ) : null}
      </Td>
    </tr>
  );
}

function State({ row }: { row: DeliveryRow }) {
  if (row.state === "delivered") {
    return (
      <Badge tone="ok" icon={CircleCheck} quiet>
        Delivered
      </Badge>
    );
  }
  return row.state === "dead" ? (
    <Badge tone="bad" icon={CircleX}>
      Given up
    </Badge>
  ) : (
    <Badge tone="info" icon={Clock} quiet>
      {row.attempts.length === 0 ? "Waiting" : "Tried again later"}
    </Badge>
  );
}

function Tries({ row: { attempts } }: { row: DeliveryRow }) {
  const last = attempts.at(-1);
  if (!last) return "–";
  return (
    <details className="text-sm">
      <summary className="min-h-6 hover:text-text touch:min-h-11">
        {attempts.length}, last {last.error === null ? `answered ${last.status ?? ""}` : (last.error ?? "")}
      </summary>
      <ol className="mt-1 space-y-0.5 text-text-2">
        {attempts.map(({ n, at, status, ms, error }) => (
          <li key={n}>
            {n}. <Time value={at} mode="utc" /> UTC, {status ?? "no answer"}, {formatMs(ms)}
            {error === null ? "" : `: ${error}`}
          </li>
        ))}
      </ol>
    </details>
  );
}
