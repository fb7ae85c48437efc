import { Stamp } from "lucide-react";
import Link from "next/link";
import { Pager } from "@/components/data-table/pager";
import { hrefWith } from "@/components/data-table/params";
import { Avatar } from "@/components/ui/avatar";
import { Empty } from "@/components/ui/empty";
import { Segmented } from "@/components/ui/segmented";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { listApprovals } from "@/lib/approvals/queries";
import { type Approval, type ApprovalCounts, ListApprovals } from "@/lib/approvals/schema";
import { attempt } from "@/lib/next/load";
import { FailureState } from "../failure-state";
import { readList, type Params } from "../list-params";
import { approvalCountsOf } from "./counts-of";
import { STATUS_WORDS, titleOf, VIEW_INPUTS, VIEW_LABELS, type View, viewsFor } from "./words";

const HERE = "/approvals";

const NOTHING: Record<View, string> = {
  "for-me": "Nothing waits for you",
  waiting: "Nothing waits",
  mine: "You asked for nothing",
  decided: "Nothing was decided yet",
};

type RequestListProps = { params: Params; mayDecide: boolean; active?: string };

/** The queue: what waits for the reader, what they asked for, what was decided. */
export async function RequestList({ params, mayDecide, active }: RequestListProps) {
  const views = viewsFor(mayDecide);
  const view = views.find((name) => name === params["view"]) ?? views[0] ?? "mine";
  const { input } = readList(ListApprovals, params, ["view", "status"]);
  const [found, counts] = await Promise.all([
    attempt(listApprovals, { ...input, ...VIEW_INPUTS[view] }),
    approvalCountsOf(),
  ]);
  return (
    <>
      <div>
        <Segmented
          label="Which requests"
          segments={views.map((name) => ({
            label: labelOf(name, counts.ok ? counts.value : null),
            href: hrefWith(HERE, { view: name }, {}),
            active: name === view,
          }))}
        />
      </div>
      {!found.ok ? <FailureState failure={found.failure} what="approvals" href={HERE} /> : null}
      {found.ok && found.value.data.length === 0 ? (
        <Empty icon={Stamp} title={NOTHING[view]} role="status" className="py-8">
          What goes over a limit waits here for a second person.
        </Empty>
      ) : null}
      {found.ok && found.value.data.length > 0 ? (
        <>
          <ul className="divide-y divide-line overflow-hidden rounded-lg border bg-raised">
            {found.value.data.map((request) => (
              <Entry key={request.id} request={request} view={view} isActive={request.id === active} />
            ))}
          </ul>
          {found.value.page.next || found.value.page.previous ? (
            <Pager
              first={input.after || input.before ? hrefWith(HERE, { view }, {}) : null}
              previous={pageHref(view, "before", found.value.page.previous)}
              next={pageHref(view, "after", found.value.page.next)}
              words={{ previous: "Newer", next: "Older" }}
            />
          ) : null}
        </>
      ) : null}
    </>
  );
}

function pageHref(view: View, name: "after" | "before", cursor: string | null): string | null {
  return cursor === null ? null : hrefWith(HERE, { view }, { [name]: cursor });
}

function labelOf(view: View, counts: ApprovalCounts | null): string {
  const count = view === "for-me" ? counts?.for_me : view === "mine" ? counts?.mine : 0;
  return count ? `${VIEW_LABELS[view]} ${count}` : VIEW_LABELS[view];
}

function Entry({ request, view, isActive }: { request: Approval; view: View; isActive: boolean }) {
  const { id, requested_by: by, requested_by_name: name, reason, status, requested_at: at } = request;
  return (
    <li data-row="">
      <Link
        data-row-link=""
        href={hrefWith(`${HERE}/${id}`, { view }, {})}
        prefetch={false}
        aria-current={isActive ? "page" : undefined}
        className="flex gap-2.5 border-l-2 border-transparent px-3 py-2.5 -outline-offset-2 hover:bg-hover aria-[current=page]:border-accent aria-[current=page]:bg-accent-soft"
      >
        <Avatar id={by} name={name ?? "?"} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <b className="min-w-0 flex-1 font-medium [overflow-wrap:anywhere]">{titleOf(request)}</b>
            <Time value={at} className="flex-none text-sm text-text-3" />
          </span>
          <span className="line-clamp-2 text-sm text-text-2">
            {name ?? "Somebody"}: {reason}
          </span>
          {status === "waiting" ? null : <Status status={STATUS_WORDS[status]} />}
        </span>
      </Link>
    </li>
  );
}
