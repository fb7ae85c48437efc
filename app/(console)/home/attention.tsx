import { CircleCheck, OctagonX, TriangleAlert } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty } from "@/components/ui/empty";
import { Time } from "@/components/ui/time";
import { findings } from "./findings";

type AttentionProps = { seesHealth: boolean; seesAlerts: boolean; seesAudit: boolean };

/** What needs a person, worst first; without anything it says when it looked. */
export async function Attention(props: AttentionProps) {
  const { found, checkedAt } = await findings(props);
  return (
    <Card>
      <CardHeader title="Needs attention" hint={found.length > 0 ? "worst first" : undefined} />
      {found.length === 0 ? (
        <Empty icon={CircleCheck} title="Nothing needs you" role="status" className="py-8">
          {props.seesHealth ? "Every engine answers. " : ""}
          {props.seesAlerts ? "No alert is open. " : ""}
          {props.seesAudit ? "The audit chain holds. " : ""}
          Checked <Time value={checkedAt} mode="clock" /> UTC.
        </Empty>
      ) : (
        <ul className="divide-y divide-line">
          {found.map(({ title, text, since, bad, href, action }) => (
            <li key={href + title} className="status flex items-start gap-2.5 px-3.5 py-2.5">
              {bad ? (
                <OctagonX size={15} aria-hidden className="mt-0.5 text-bad" />
              ) : (
                <TriangleAlert size={15} aria-hidden className="mt-0.5 text-warn" />
              )}
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
          ))}
        </ul>
      )}
    </Card>
  );
}
