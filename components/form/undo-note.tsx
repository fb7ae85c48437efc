import type { Preview } from "@/lib/core/operation";
import { Note } from "../ui/note";
import { formatNumber } from "../ui/number";
import { touchWords } from "./touch-words";

/** How long an undo record is kept. */
const UNDO_DAYS = 30;

/** Whether there is a way back, and what does not come back. */
export function UndoNote({ preview }: { preview: Pick<Preview, "touches" | "undo"> }) {
  const lost = preview.touches.filter((touch) => !touch.undo && touch.count > 0 && touch.store === "postgres");
  if (!preview.undo) {
    const ended = lost.filter(({ what }) => what === "sessions");
    return (
      <Note tone="warn" title="Cannot be undone">
        {ended.length > 0 ? `What ends stays ended: ${listOf(ended)}.` : "There is no way back from this."}
      </Note>
    );
  }
  return (
    <Note tone="ok" title={`Can be undone for ${UNDO_DAYS} days`}>
      From the toast or the audit log.{lost.length > 0 ? ` Does not come back: ${listOf(lost)}.` : ""}
    </Note>
  );
}

function listOf(touches: Preview["touches"]): string {
  return touches.map((touch) => `${formatNumber(touch.count)} ${touchWords(touch)}`).join(", ");
}
