import {
  Ban,
  CircleCheck,
  CirclePause,
  CirclePlay,
  Coins,
  CreditCard,
  KeyRound,
  LogOut,
  Pencil,
  Repeat2,
  ScrollText,
  ShieldAlert,
  Undo2,
} from "lucide-react";
import Link from "next/link";
import { Time } from "@/components/ui/time";
import { formatUtc } from "@/components/ui/time-format";
import type { Icon } from "@/components/ui/tone";
import type { AuditEvent } from "@/lib/audit/schema";
import { UndoButton } from "./undo-button";
import { bareVerb, isFailure, ORIGIN_LABELS, partyName, undoRefusal, verb, what } from "./words";

const ICONS: Record<string, Icon> = {
  "user.edit": Pencil,
  "user.suspend": Ban,
  "user.reactivate": CircleCheck,
  "user.sign-out": LogOut,
  "session.revoke": LogOut,
  "session.sign-out": LogOut,
  "session.sign-in": KeyRound,
  "subscription.change-plan": CreditCard,
  "subscription.change-quantity": CreditCard,
  "subscription.cancel": Ban,
  "subscription.pause": CirclePause,
  "subscription.resume": CirclePlay,
  "subscription.add-credit": Coins,
  "subscription.refund-payment": Undo2,
  "subscription.renew": Repeat2,
};

type EventLineProps = {
  event: AuditEvent;
  /** The person the list is about: their name is not repeated as the target. */
  about?: string;
};

/** One event of a trail: who did what, when, from where, and the way back. */
export function EventLine({ event, about }: EventLineProps) {
  const failed = isFailure(event);
  const EventIcon = failed ? ShieldAlert : (ICONS[event.action] ?? ScrollText);
  const own = event.actor === null || event.actor.id === event.target?.id;
  const target = partyName(event.target, "");
  return (
    <li className="relative flex gap-2.5 pb-3 last:pb-0 [&:not(:last-child)]:before:absolute [&:not(:last-child)]:before:top-5 [&:not(:last-child)]:before:bottom-0 [&:not(:last-child)]:before:left-[9px] [&:not(:last-child)]:before:w-px [&:not(:last-child)]:before:bg-line">
      <span
        aria-hidden
        className={`status z-1 grid size-[19px] flex-none place-items-center rounded-full ${failed ? "bg-bad-soft text-bad" : "bg-off-soft text-text-2"}`}
      >
        <EventIcon size={11} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline justify-between gap-3">
          <span className="min-w-0">
            <Link href={`/audit/${event.id}`} prefetch={false} className="rounded-xs font-medium hover:underline">
              {own ? (about ?? (target || "Someone")) : partyName(event.actor)}
            </Link>{" "}
            {own || target === about ? (
              bareVerb(event)
            ) : (
              <>
                {verb(event)} <span className="font-medium">{target}</span>
              </>
            )}
          </span>
          <span className="flex-none text-sm text-text-3">
            <Time value={event.at} />, {formatUtc(event.at).slice(11, 16)} UTC
          </span>
        </p>
        <p className="text-sm text-text-2">
          {event.kind === "change" && event.fields.length > 0 ? `${what(event)} · ` : ""}
          {ORIGIN_LABELS[event.origin] ?? event.origin} · #{event.number}
          {event.undo && undoRefusal(event.undo) === null ? (
            <>
              {" · "}
              <UndoButton record={event.undo.id} what={`${verb(event)} ${about ?? target}`} />
            </>
          ) : null}
        </p>
      </div>
    </li>
  );
}
