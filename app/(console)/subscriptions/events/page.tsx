import type { Metadata } from "next";
import { Suspense } from "react";
import { ListFilters } from "@/components/data-table/list-filters";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Page, PageTitle } from "@/components/shell/page";
import { Segmented } from "@/components/ui/segmented";
import { attempt } from "@/lib/next/load";
import { listProcessorEvents } from "@/lib/processor-events/queries";
import type { Params } from "../../list-params";
import { COLUMNS, EventsList } from "./events-list";
import { EVENTS, eventsQuery } from "./list-query";

export const metadata: Metadata = { title: "Processor events" };

export default async function ProcessorEventsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const query = eventsQuery(await searchParams);
  const list = attempt(listProcessorEvents, query.input);
  return (
    <Page list crumbs={[{ label: "Subscriptions", href: "/subscriptions" }, { label: "Processor events" }]}>
      <PageTitle title="Processor events">
        <span className="ml-1 text-text-3">what processors told, and what became of it</span>
      </PageTitle>
      <ListFilters
        action={EVENTS}
        query={query}
        className="pt-3.5"
        search={<Segmented label="What became of it" segments={query.states} />}
      />
      <Suspense fallback={<TableSkeleton columns={COLUMNS} />}>
        <EventsList query={query} list={list} />
      </Suspense>
    </Page>
  );
}
