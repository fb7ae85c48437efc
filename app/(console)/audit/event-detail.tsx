import Link from "next/link";
import { FieldDiff } from "@/components/form/field-diff";
import { ButtonLink } from "@/components/ui/button";
import { DescriptionList, Item } from "@/components/ui/description-list";
import { Copy } from "@/components/ui/copy";
import { CodeBlock, Mono } from "@/components/ui/mono";
import { Segmented } from "@/components/ui/segmented";
import type { AuditDetail } from "@/lib/audit/schema";
import { getAudit } from "@/lib/audit/queries";
import { attempt } from "@/lib/next/load";
import { PanelFailure } from "../users/[id]/panel-failure";
import { FIELD_LABELS } from "../users/user-words";
import { UndoButton } from "./undo-button";
import { ORIGIN_LABELS, outcomeLabel, partyName, shortId, undoRefusal, undoUntil, verb } from "./words";

type EventDetailProps = { id: string; view: string | undefined; fieldsHref: string; jsonHref: string };

/** What one event holds: fields before and after, why, from where, its hash and the way back. */
export async function EventDetail({ id, view, fieldsHref, jsonHref }: EventDetailProps) {
  const found = await attempt(getAudit, { id });
  if (!found.ok) {
    return <PanelFailure failure={found.failure} what="this event" />;
  }
  const event = found.value;
  const json = view === "json";
  const segments = [
    { label: "Fields", href: fieldsHref, active: !json },
    { label: "JSON", href: jsonHref, active: json },
  ];
  return (
    <div className="grid gap-x-5 gap-y-3 px-3.5 py-3 lg:grid-cols-[minmax(0,1fr)_320px] lg:pl-10">
      <div className="min-w-0">
        <div className="flex min-h-[26px] items-center gap-2 pb-2">
          <h2 className="font-semibold">Changes</h2>
          <span className="text-sm text-text-3">
            {event.version ? `now version ${event.version}` : outcomeLabel(event.outcome)}
          </span>
          <span className="ml-auto">
            <Segmented small label="How the event is shown" segments={segments} />
          </span>
        </div>
        <Values event={event} json={json} />
      </div>
      <Origin event={event} />
    </div>
  );
}

function Values({ event, json }: { event: AuditDetail; json: boolean }) {
  const { before, after, personal } = event;
  if (json) {
    return <CodeBlock label="The event as JSON">{JSON.stringify(event, null, 2)}</CodeBlock>;
  }
  const hidden = personal.state === "hidden" || personal.state === "erased";
  const empty = Object.keys(before).length + Object.keys(after).length === 0;
  return (
    <>
      {empty ? (
        <p className="rounded-[9px] border bg-raised px-3.5 py-2.5 text-text-2">No field changed.</p>
      ) : (
        <FieldDiff caption="Fields before and after" before={before} after={after} labels={FIELD_LABELS} />
      )}
      {hidden && personal.fields.length > 0 ? (
        <p className="pt-1.5 text-sm text-text-2">
          {personal.state === "hidden" ? "Hidden by your role: " : "Erased with the person: "}
          {personal.fields.map((field) => (FIELD_LABELS[field] ?? field).toLowerCase()).join(", ")}.
        </p>
      ) : null}
    </>
  );
}

function Origin({ event }: { event: AuditDetail }) {
  const { target, undo } = event;
  const refusal = undo ? undoRefusal(undo) : null;
  return (
    <div className="min-w-0">
      <DescriptionList>
        <Item label="Reason">{event.reason ?? (event.personal.state === "hidden" ? "hidden" : "–")}</Item>
        <Item label="From">
          {[ORIGIN_LABELS[event.origin] ?? event.origin, event.ip_prefix].filter(Boolean).join(", ")}
        </Item>
        <Item label="Request">
          {event.request_id ? (
            <Link href={`/audit?request_id=${encodeURIComponent(event.request_id)}`} prefetch={false} className="link">
              <Mono>{shortId(event.request_id)}</Mono>
            </Link>
          ) : (
            "–"
          )}
        </Item>
        <Item label="Hash">
          <Mono title={event.hash}>
            {event.hash.slice(0, 4)}…{event.hash.slice(-4)}
          </Mono>{" "}
          <Copy text={event.hash} label="Copy the hash" />
        </Item>
        {event.undoes ? (
          <Item label="Undoes">
            <Link href={`/audit/${event.undoes}`} prefetch={false} className="link">
              an earlier event
            </Link>
          </Item>
        ) : null}
        {event.approval ? (
          <Item label="Approved">
            <Link href={`/approvals/${event.approval}`} prefetch={false} className="link">
              what somebody else asked for
            </Link>
          </Item>
        ) : null}
      </DescriptionList>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        {undo && refusal === null ? (
          <UndoButton
            record={undo.id}
            what={`${verb(event)} ${partyName(target, "")}`}
            className="h-[26px] rounded-[6px] border border-line-2 bg-raised px-[9px] text-sm font-medium shadow-sm hover:bg-hover"
          />
        ) : null}
        {target?.kind === "user" ? (
          <ButtonLink size="sm" href={`/users/${target.id}`} prefetch={false}>
            Open user
          </ButtonLink>
        ) : null}
        <ButtonLink size="sm" variant="ghost" href={`/audit/${event.id}`} prefetch={false}>
          Link to this event
        </ButtonLink>
        <span className="text-sm text-text-3">
          {undo ? (refusal ?? `undo until ${undoUntil(event.at)}`) : "no undo for this"}
        </span>
      </div>
    </div>
  );
}
