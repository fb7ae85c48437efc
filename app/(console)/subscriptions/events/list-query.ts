import { hrefWith, type Href } from "@/components/data-table/params";
import { EVENT_STATES, ListProcessorEvents } from "@/lib/processor-events/schema";
import { readList, type Params } from "../../list-params";
import { STATE_WORDS } from "./words";

export const EVENTS = "/subscriptions/events";

/** What the URL says of the list, and the ways to each state of events. */
export function eventsQuery(params: Params) {
  const { input, given, ignored } = readList(ListProcessorEvents, params);
  const href: Href = (patch) => hrefWith(EVENTS, given, patch);
  const states = [null, ...EVENT_STATES].map((state) => ({
    label: state === null ? "All" : STATE_WORDS[state].word,
    href: href({ state }),
    active: (given["state"] ?? null) === state,
  }));
  return { input, given, kept: given, ignored, href, chips: [], states };
}

export type EventsQuery = ReturnType<typeof eventsQuery>;
