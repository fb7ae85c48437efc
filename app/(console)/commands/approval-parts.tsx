import { Stamp } from "lucide-react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";

/** Why the button asks another person instead of doing it. */
export function ApprovalNote({ rule }: { rule: string | null }) {
  return (
    <Note tone="warn" icon={Stamp} role="status" title="Another person has to approve this">
      {rule} Nothing is done until then; they see the numbers of that moment. It waits for 24 hours.
    </Note>
  );
}

export function RequestLabel({ pending }: { pending: boolean }) {
  return (
    <>
      {pending ? null : <Stamp size={14} aria-hidden />}
      {pending ? "Asking…" : "Request approval"}
    </>
  );
}

/** In place of the dialog it was asked from. */
export function RequestedDialog({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  return (
    <Dialog title={title} width="narrow" onClose={onClose}>
      <DialogBody>
        <div className="px-[22px] py-3.5 max-md:px-4">
          <Note tone="info" icon={Stamp} role="status" title="Approval requested">
            It waits for another person for 24 hours. Until then nothing is done, and you can take it back.
          </Note>
        </div>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Close</Button>
        <ButtonLink href={`/approvals/${id}`} variant="primary" autoFocus>
          Open the request
        </ButtonLink>
      </DialogFooter>
    </Dialog>
  );
}
