import { CircleCheck, CircleQuestionMark, Coins, CreditCard, Ban, GitCompareArrows, Pause, Play } from "lucide-react";
import Link from "next/link";
import { Avatar } from "@/components/ui/avatar";
import { ButtonLink } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { Copy } from "@/components/ui/copy";
import { Mono } from "@/components/ui/mono";
import { Time } from "@/components/ui/time";
import { differs, STATUS_WORDS } from "@/lib/subscriptions/client";
import { SUBSCRIPTION_STATUSES, type SubscriptionRow } from "@/lib/subscriptions/schema";
import { shortId } from "../../audit/words";
import { SubscriptionBadge } from "../status-badge";
import { HeadMenu } from "./head-menu";
import { SubscriptionAction } from "./subscription-action";
import type { May } from "../../viewer";
import { isHeld, isRunning, targetOf } from "./target";

type SubscriptionHeadProps = { subscription: SubscriptionRow; may: May; changeHref: string };

/** Whose subscription to what, its state, and what can be done with it. */
export function SubscriptionHead({ subscription, may, changeHref }: SubscriptionHeadProps) {
  const { id, user_id, customer, plan } = subscription;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Avatar id={user_id} name={customer.display_name} size={44} />
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2">
          <h1 className="truncate text-2xl font-semibold tracking-[-0.02em]">
            {customer.display_name}, {plan.name}
          </h1>
          <SubscriptionBadge subscription={subscription} />
        </div>
        <div className="flex flex-wrap items-center gap-x-1.5 text-sm text-text-2">
          <span className="inline-flex min-w-0 items-center gap-0.5">
            <Mono title={id}>{shortId(id)}</Mono>
            <Copy text={id} label="Copy the id" />
          </span>
          <Dot />
          <span>
            Owner{" "}
            <Link href={`/users/${user_id}`} className="link">
              {customer.display_name}
            </Link>
          </span>
          <Dot />
          <Processor subscription={subscription} />
        </div>
      </div>
      <Actions {...{ subscription, may, changeHref }} />
    </div>
  );
}

function Dot() {
  return (
    <span aria-hidden className="text-text-3 max-md:hidden">
      ·
    </span>
  );
}

function Processor({ subscription }: { subscription: SubscriptionRow }) {
  const { provider, provider_status: status, provider_seen_at: seen } = subscription;
  if (provider === "manual") return <span className="text-text-3">Paid by hand, no processor</span>;
  if (status === null || seen === null) {
    return (
      <span className="status inline-flex items-center gap-1 text-text-2">
        <CircleQuestionMark size={13} aria-hidden />
        Never compared with the processor
      </span>
    );
  }
  const off = differs(subscription);
  const Icon = off ? GitCompareArrows : CircleCheck;
  return (
    <span className={`status inline-flex items-center gap-1 ${off ? "text-bad" : "text-ok"}`}>
      <Icon size={13} aria-hidden />
      <span>
        {off ? `Differs from processor, which says ${wordOf(status)}` : "Matches processor"}, checked{" "}
        <Time value={seen} focusable />
      </span>
    </span>
  );
}

/** A processor may have words of its own. */
function wordOf(status: string): string {
  const known = SUBSCRIPTION_STATUSES.find((one) => one === status);
  return (known ? STATUS_WORDS[known] : status).toLowerCase();
}

function Actions({ subscription, may, changeHref }: SubscriptionHeadProps) {
  const target = targetOf(subscription);
  const isLive = subscription.status !== "canceled";
  const isPaused = isHeld(subscription);
  return (
    <div className="ml-auto flex flex-wrap gap-2 max-md:ml-0">
      {may("subscriptions.change") && isRunning(subscription) ? (
        <ButtonLink href={changeHref} scroll={false} prefetch={false}>
          <CreditCard size={14} aria-hidden />
          Change plan
        </ButtonLink>
      ) : null}
      {may("subscriptions.pause") && isLive && (isPaused || isRunning(subscription)) ? (
        <SubscriptionAction target={target} command={isPaused ? "resume" : "pause"} className={buttonStyle()}>
          {isPaused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
          {isPaused ? "Resume…" : "Pause…"}
        </SubscriptionAction>
      ) : null}
      {may("subscriptions.credit") && isLive ? (
        <SubscriptionAction target={target} command="add-credit" className={buttonStyle()}>
          <Coins size={14} aria-hidden />
          Add credit…
        </SubscriptionAction>
      ) : null}
      {may("subscriptions.cancel") && isLive && subscription.cancel_at === null ? (
        <SubscriptionAction target={target} command="cancel" className={buttonStyle({ variant: "danger" })}>
          <Ban size={14} aria-hidden />
          Cancel subscription…
        </SubscriptionAction>
      ) : null}
      <HeadMenu {...{ subscription, may, changeHref }} />
    </div>
  );
}
