import { Webhook } from "lucide-react";
import Link from "next/link";
import { Th } from "@/components/data-table/head-cell";
import { ListFooter, PAGE_SIZES } from "@/components/data-table/list-footer";
import { FilteredAway, ListFrame } from "@/components/data-table/list-state";
import { Row, Table, Td } from "@/components/data-table/table";
import { Empty } from "@/components/ui/empty";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { Attempt } from "@/lib/next/load";
import type { ProcessorEventPage, ProcessorEventRow } from "@/lib/processor-events/schema";
import { FailureState } from "../../failure-state";
import { EVENTS, type EventsQuery } from "./list-query";
import { KIND_WORDS, stateOf, STATE_WORDS, whyOf } from "./words";

type EventsListProps = { query: EventsQuery; list: Promise<Attempt<ProcessorEventPage>> };

export const COLUMNS = [
  { label: "Event", slot: "title" },
  { label: "About", slot: "sub" },
  { label: "Reference", from: "lg" },
  { label: "Became", slot: "side-2" },
  { label: "Why", slot: "more" },
  { label: "Received", slot: "side" },
] as const;

export async function EventsList({ query, list }: EventsListProps) {
  const result = await list;
  if (!result.ok) {
    return (
      <ListFrame>
        <FailureState failure={result.failure} what="events of processors" href={query.href({})} clearHref={EVENTS} />
      </ListFrame>
    );
  }
  const { data, page } = result.value;
  return (
    <>
      {data.length > 0 ? (
        <EventsTable rows={data} />
      ) : (
        <ListFrame>
          {query.input.state ? (
            <FilteredAway title="No event of this kind" clearHref={EVENTS}>
              Nothing is {query.input.state.map((state) => STATE_WORDS[state].word.toLowerCase()).join(" or ")}.
            </FilteredAway>
          ) : (
            <Empty icon={Webhook} title="No processor told anything yet" role="status">
              What a processor sends about payments and refunds appears here.
            </Empty>
          )}
        </ListFrame>
      )}
      <ListFooter query={query} shown={data.length} page={page} order="newest" sizes={PAGE_SIZES} />
    </>
  );
}

function EventsTable({ rows }: { rows: readonly ProcessorEventRow[] }) {
  return (
    <Table caption={`Events of processors, ${formatNumber(rows.length)}`} cards>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <Th key={column.label} from={"from" in column ? column.from : undefined}>
              {column.label}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((event) => (
          <Row key={event.id}>
            <Td slot="title">
              <span className="font-medium">{KIND_WORDS[event.kind]}</span>{" "}
              <span className="text-text-3">by {event.provider}</span>
            </Td>
            <Td slot="sub">
              <About event={event} />
            </Td>
            <Td from="lg" title={`The processor calls this event ${event.event_id}`}>
              <Mono className="block max-w-[170px] truncate">{event.reference ?? event.event_id}</Mono>
            </Td>
            <Td slot="side-2">
              <Status status={STATE_WORDS[stateOf(event)]} />
            </Td>
            <Td slot="more" muted>
              {whyOf(event)}
              {event.detail ? <span className="text-text-3"> It says: {event.detail}</span> : null}
            </Td>
            <Td slot="side" muted>
              <Time value={event.received_at} />
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** The subscription it is about, by its customer, or the number it names and nothing has. */
function About({ event }: { event: ProcessorEventRow }) {
  const { subscription_id: id, customer, transaction, provider_ref } = event;
  const named = transaction ?? provider_ref ?? "–";
  if (id === null) {
    return (
      <Mono title={named} className="block max-w-[170px] truncate">
        {named}
      </Mono>
    );
  }
  return (
    <Link href={`/subscriptions/${id}`} prefetch={false} data-row-link="" className="link" title={named}>
      {customer || "A subscription"}
    </Link>
  );
}
