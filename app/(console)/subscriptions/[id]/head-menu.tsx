import { Ban, CalendarCheck, CreditCard, Ellipsis, Gift, Hourglass } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Menu, menuItemStyle, MenuRow } from "@/components/ui/menu";
import type { SubscriptionRow } from "@/lib/subscriptions/schema";
import type { SubscriptionCommand } from "./dialogs/subscription-dialog";
import { SubscriptionAction } from "./subscription-action";
import type { May } from "../../viewer";
import { isRunning, targetOf } from "./target";

const ID = "subscription-menu";

type Entry = { command: SubscriptionCommand; label: string; icon: ReactNode; danger?: boolean };

/** What is done less often. */
export function HeadMenu(props: { subscription: SubscriptionRow; may: May; changeHref: string }) {
  const { subscription, may, changeHref } = props;
  const entries = entriesOf(subscription, may);
  const mayChange = may("subscriptions.change") && isRunning(subscription);
  if (entries.length === 0) return null;
  return (
    <Menu id={ID} label="More actions" variant="secondary" trigger={<Ellipsis size={15} aria-hidden />}>
      {mayChange ? (
        <Link href={changeHref} scroll={false} prefetch={false} className={menuItemStyle}>
          <MenuRow icon={<CreditCard size={15} aria-hidden />}>Change quantity</MenuRow>
        </Link>
      ) : null}
      {entries.map(({ command, label, ...row }) => (
        <SubscriptionAction
          key={command}
          target={targetOf(subscription)}
          command={command}
          popoverTarget={ID}
          popoverTargetAction="hide"
          className={menuItemStyle}
        >
          <MenuRow {...row}>{label}</MenuRow>
        </SubscriptionAction>
      ))}
    </Menu>
  );
}

function entriesOf(subscription: SubscriptionRow, may: May): Entry[] {
  const { status, comped, cancel_at } = subscription;
  const running = isRunning(subscription);
  const entries: (Entry | false)[] = [
    may("subscriptions.change") &&
      status === "trialing" && {
        command: "extend-trial",
        label: "Extend trial…",
        icon: <Hourglass size={15} aria-hidden />,
      },
    may("subscriptions.change") &&
      running && {
        command: "comp",
        label: comped ? "Charge for it again…" : "Give free of charge…",
        icon: <Gift size={15} aria-hidden />,
      },
    may("subscriptions.cancel") &&
      cancel_at !== null && {
        command: "keep",
        label: "Keep subscription…",
        icon: <CalendarCheck size={15} aria-hidden />,
      },
    may("subscriptions.cancel") &&
      cancel_at !== null && {
        command: "cancel",
        label: "Cancel subscription…",
        icon: <Ban size={15} aria-hidden />,
        danger: true,
      },
  ];
  return entries.filter((entry) => entry !== false);
}
