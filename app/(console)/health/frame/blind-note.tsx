import { CircleQuestionMark, CircleSlash, ClockAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Copy } from "@/components/ui/copy";
import { CodeBlock } from "@/components/ui/mono";
import type { Blind } from "@/lib/databases/schema";

const KIND = {
  denied: { word: "Unknown", icon: CircleQuestionMark, tone: "unknown" },
  slow: { word: "Unknown", icon: ClockAlert, tone: "unknown" },
  not_reported: { word: "Not offered", icon: CircleSlash, tone: "off" },
} as const;

/** A check that could not be made; never green. With the statement that would allow it, where there is one. */
export function BlindNote({ blind: { check, kind, why, grant }, bare = false }: { blind: Blind; bare?: boolean }) {
  const { word, icon, tone } = KIND[kind];
  return (
    <div
      className={bare ? "min-w-0 px-3.5 py-2.5" : "min-w-0 rounded-lg border border-dashed border-input px-3.5 py-2.5"}
    >
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={tone} icon={icon}>
          {word}
        </Badge>
        <b className="inline-block font-medium first-letter:uppercase">{check}</b>
        {grant ? (
          <span className="ml-auto">
            <Copy text={grant} label={`Copy the statement for ${check}`}>
              Copy
            </Copy>
          </span>
        ) : null}
      </p>
      <p className="mt-1 text-sm text-text-2 [overflow-wrap:anywhere]">{why}</p>
      {grant ? (
        <div className="mt-1.5">
          <CodeBlock label={`Statement for ${check}`}>{grant}</CodeBlock>
        </div>
      ) : null}
    </div>
  );
}
