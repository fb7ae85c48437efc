"use client";

import { Ban, CalendarCheck, Coins, CreditCard, Hourglass, Pause, Play } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { RowMenu, type RowEntry } from "@/components/data-table/row-menu";
import type { SubscriptionCommand } from "./[id]/dialogs/subscription-dialog";
import { isRunning, type RowTarget, type SubscriptionMay } from "./[id]/target";

const SubscriptionDialog = lazy(() => import("./[id]/dialogs/subscription-dialog"));

/** The actions of a subscription's row; what concerns one payment is on its page. */
export function SubscriptionRowMenu({ target, may }: { target: RowTarget; may: SubscriptionMay }) {
  const [command, setCommand] = useState<SubscriptionCommand | null>(null);
  return (
    <>
      <RowMenu
        id={target.id}
        name={target.name}
        href={`/subscriptions/${target.id}`}
        entries={entriesOf(target, may)}
        onChoose={setCommand}
      />
      {command ? (
        <Suspense>
          <SubscriptionDialog {...{ command, target }} about={null} onClose={() => setCommand(null)} />
        </Suspense>
      ) : null}
    </>
  );
}

function entriesOf(target: RowTarget, may: SubscriptionMay): RowEntry<SubscriptionCommand>[] {
  const { id, status, ends, held } = target;
  const running = isRunning(target);
  const live = status !== "canceled";
  const entries: (RowEntry<SubscriptionCommand> | false)[] = [
    may.change && running && { href: `/subscriptions/${id}?panel=change`, label: "Change plan…", icon: CreditCard },
    may.change && status === "trialing" && { command: "extend-trial", label: "Extend trial…", icon: Hourglass },
    may.pause && held && { command: "resume", label: "Resume…", icon: Play },
    may.pause && running && !held && { command: "pause", label: "Pause…", icon: Pause },
    may.credit && live && { command: "add-credit", label: "Add credit…", icon: Coins },
    may.cancel && ends && { command: "keep", label: "Keep subscription…", icon: CalendarCheck },
    may.cancel && live && !ends && { command: "cancel", label: "Cancel subscription…", icon: Ban, danger: true },
  ];
  return entries.filter((entry) => entry !== false);
}
