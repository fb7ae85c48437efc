import { CircleCheck, OctagonX, Stamp, TriangleAlert } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty } from "@/components/ui/empty";
import { Time } from "@/components/ui/time";
import { TONE_TEXT, type Icon } from "@/components/ui/tone";
import type { May } from "../viewer";
import { findings, type Finding } from "./findings";

const ICON: Record<Finding["tone"], Icon> = { bad: OctagonX, warn: TriangleAlert, info: Stamp };

/** What needs a person, worst first; without anything it says when it looked. */
export async function Attention({ may }: { may: May }) {
  const { found, checkedAt } = await findings(may);
  return (
    <Card>
      <CardHeader title="Needs attention" hint={found.length > 0 ? "worst first" : undefined} />
      {found.length === 0 ? (
        <Empty icon={CircleCheck} title="Nothing needs you" role="status" className="py-8">
          {may("health.read") ? "Every engine answers. " : ""}
          {may("alerts.read") ? "No alert is open. " : ""}
          {may("audit.read") ? "The audit chain holds. " : ""}
          Checked <Time value={checkedAt} mode="clock" /> UTC.
        </Empty>
      ) : (
        <ul className="divide-y divide-line">
          {found.map((finding) => (
            <Line key={finding.href + finding.title} {...finding} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Line({ tone, title, text, since, href, action }: Finding) {
  const Icon = ICON[tone];
  return (
    <li className="status flex items-start gap-2.5 px-3.5 py-2.5">
      <Icon size={15} aria-hidden className={`mt-0.5 ${TONE_TEXT[tone]}`} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        <p className="text-sm text-text-2 [overflow-wrap:anywhere]">{text}</p>
      </div>
      <span className="flex flex-none items-center gap-2 text-sm text-text-3">
        {since ? <Time value={since} focusable /> : null}
        <ButtonLink size="sm" href={href}>
          {action}
        </ButtonLink>
      </span>
    </li>
  );
}
