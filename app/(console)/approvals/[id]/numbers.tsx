import { MoneySection } from "@/components/form/money-section";
import { UndoNote } from "@/components/form/undo-note";
import { Card, CardHeader } from "@/components/ui/card";
import { Note } from "@/components/ui/note";
import type { ApprovalDetail } from "@/lib/approvals/schema";
import type { Preview } from "@/lib/core/operation";
import type { Attempt } from "@/lib/next/load";
import { movedSince } from "../words";
import { TouchesBeside } from "./touches-beside";

type NumbersProps = {
  request: ApprovalDetail;
  /** A dry run of this moment; null where the reader may not decide. */
  now: Attempt<Preview> | null;
};

/** The preview as whoever asked saw it, beside the numbers of now. */
export function Numbers({ request: { preview: asked, requested_at: at, status }, now }: NumbersProps) {
  const fresh = now?.ok ? now.value : null;
  const moved = fresh && movedSince(asked, fresh);
  return (
    <>
      {now && !now.ok ? (
        <Note tone="bad" role="alert" title="It cannot be carried out as things are now">
          {now.failure.message}
        </Note>
      ) : null}
      {moved ? <Since moved={moved.any} /> : null}
      <Card>
        <CardHeader title="What this touches" hint={fresh ? "when it was asked, and now" : "when it was asked"} />
        <TouchesBeside asked={asked.touches} askedAt={at} now={fresh?.touches ?? null} />
      </Card>
      {fresh && moved?.money ? (
        <div className="grid gap-3.5 md:grid-cols-2">
          <Titled title="When it was asked">
            <MoneySection money={asked.money} />
          </Titled>
          <Titled title="Now">
            <MoneySection money={fresh.money} />
          </Titled>
        </div>
      ) : (
        <MoneySection money={(fresh ?? asked).money} />
      )}
      {status === "waiting" ? <UndoNote preview={fresh ?? asked} /> : null}
    </>
  );
}

function Since({ moved }: { moved: boolean }) {
  return moved ? (
    <Note tone="warn" role="status" title="The numbers have changed since it was asked">
      Whoever approves carries it out with the numbers of now.
    </Note>
  ) : (
    <p role="status" className="text-sm text-text-2">
      Nothing has changed since it was asked.
    </p>
  );
}

function Titled({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0 space-y-1.5">
      <h2 className="text-sm text-text-2">{title}</h2>
      {children}
    </div>
  );
}
