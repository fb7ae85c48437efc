import type { ApprovalDetail } from "@/lib/approvals/schema";
import { RemedyButton } from "../../health/frame/remedy-button";
import { declineDry, declineRun, withdrawDry, withdrawRun } from "../actions";
import { ApproveButton } from "./approve-button";

/** Decline or approve; for whoever asked, take it back. */
export function Decide({ request, title }: { request: ApprovalDetail; title: string }) {
  const { id, status, mine, refused } = request;
  if (status !== "waiting") return null;
  if (mine) {
    return (
      <div className="flex flex-wrap justify-end gap-2 border-t pt-3.5">
        <RemedyButton
          command
          size="md"
          reason="optional"
          run={withdrawRun}
          dryRun={withdrawDry}
          fields={{ id }}
          label="Take back…"
          title={`Take back: ${title}`}
          description="It is not carried out. You may ask again."
          confirm="Take request back"
        />
      </div>
    );
  }
  if (refused !== null) {
    return (
      <p role="status" className="border-t pt-3.5 text-text-2">
        {refused}
      </p>
    );
  }
  return (
    <div className="flex flex-wrap justify-end gap-2 border-t pt-3.5">
      <RemedyButton
        command
        size="md"
        run={declineRun}
        dryRun={declineDry}
        fields={{ id }}
        label="Decline…"
        title={`Decline: ${title}`}
        description="Nothing is done. Whoever asked sees your reason."
        confirm="Decline request"
      />
      <ApproveButton id={id} title={title} />
    </div>
  );
}
