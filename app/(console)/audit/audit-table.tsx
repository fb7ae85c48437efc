import { ChevronDown, ChevronRight, OctagonX } from "lucide-react";
import Link from "next/link";
import { Suspense } from "react";
import { Th } from "@/components/data-table/head-cell";
import { Table, Td } from "@/components/data-table/table";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { Skeleton } from "@/components/ui/skeleton";
import { formatDay, formatUtc } from "@/components/ui/time-format";
import type { AuditEvent, AuditPage } from "@/lib/audit/schema";
import { EventDetail } from "./event-detail";
import type { AuditQuery } from "./list-query";
import { UndoButton } from "./undo-button";
import { isFailure, partyName, undoRefusal, verb, what } from "./words";

const COLUMNS = 8;

export function AuditTable({ query, page: { data, page } }: { query: AuditQuery; page: AuditPage }) {
  const elsewhere = query.event && !data.some(({ id }) => id === query.event) ? query.event : null;
  return (
    <Table
      caption={`Events, newest first, ${formatNumber(data.length)} of ${formatNumber(page.estimated_total)}`}
      cards
    >
      <thead>
        <tr>
          <Th width={30}>
            <span className="sr-only">Open</span>
          </Th>
          <Th>#</Th>
          <Th>UTC</Th>
          <Th>Actor</Th>
          <Th>Action</Th>
          <Th>Target</Th>
          <Th from="lg">What</Th>
          <Th width={90}>
            <span className="sr-only">Undo</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {elsewhere ? <DetailRow query={query} id={elsewhere} /> : null}
        {data.flatMap((event) => [
          <EventRow key={event.id} event={event} query={query} />,
          event.id === query.event ? <DetailRow key="detail" query={query} id={event.id} /> : null,
        ])}
      </tbody>
    </Table>
  );
}

function EventRow({ event, query }: { event: AuditEvent; query: AuditQuery }) {
  const open = event.id === query.event;
  const Arrow = open ? ChevronDown : ChevronRight;
  const href = query.eventHref(open ? null : event.id);
  return (
    <tr data-row="" data-open={open || undefined} id={`event-${event.id}`} className={open ? "bg-hover" : undefined}>
      <Td className="text-text-3">
        <Link
          href={href}
          scroll={false}
          prefetch={false}
          tabIndex={-1}
          aria-hidden
          className="grid size-6 place-items-center"
        >
          <Arrow size={14} />
        </Link>
      </Td>
      <Td slot="side-2">
        <Link
          href={href}
          scroll={false}
          prefetch={false}
          data-row-link=""
          aria-expanded={open}
          aria-label={`Event ${event.number}, ${open ? "close" : "open"}`}
          className="inline-flex min-h-6 items-center rounded-xs font-mono text-sm text-text-2"
        >
          {event.number}
        </Link>
      </Td>
      <Td muted slot="side">
        <time dateTime={event.at} data-tip="" className="font-mono text-sm">
          {clock(event.at)}
        </time>
      </Td>
      <Td slot="title" className="max-w-44 truncate font-medium">
        {partyName(event.actor, "Nobody signed in")}
      </Td>
      <Td slot="sub">
        <Mono className="text-text-2">{event.action}</Mono>
      </Td>
      <Td slot="more" className="max-w-44 truncate">
        {partyName(event.target)}
      </Td>
      <Td from="lg" muted className="max-w-60 truncate">
        {isFailure(event) ? (
          <span className="status inline-flex items-center gap-1.5">
            <OctagonX size={13} aria-hidden className="text-bad" />
            {what(event)}
          </span>
        ) : (
          what(event)
        )}
      </Td>
      <Td slot="menu" className="text-right">
        {event.undo && undoRefusal(event.undo) === null ? (
          <UndoButton record={event.undo.id} what={`${verb(event)} ${partyName(event.target, "")}`} />
        ) : null}
      </Td>
    </tr>
  );
}

function DetailRow({ query, id }: { query: AuditQuery; id: string }) {
  return (
    <tr className="detail-row">
      <td colSpan={COLUMNS} className="h-auto! bg-sunken! p-0! whitespace-normal!">
        <Suspense fallback={<Skeleton className="m-6 w-60" />}>
          <EventDetail
            id={id}
            view={query.view}
            fieldsHref={query.eventHref(id)}
            jsonHref={query.eventHref(id, "json")}
          />
        </Suspense>
      </td>
    </tr>
  );
}

/** The time alone today, the day before it otherwise. */
function clock(at: string): string {
  const today = new Date().toISOString().slice(0, 10);
  const time = formatUtc(at).slice(11);
  return at.startsWith(today) ? time : `${formatDay(at).slice(0, 6)} ${time}`;
}
