import { X } from "lucide-react";
import Link from "next/link";
import { AlsoTouches } from "@/components/form/also-touches";
import { MoneySection } from "@/components/form/money-section";
import { UndoNote } from "@/components/form/undo-note";
import { formatUtc } from "@/components/ui/time-format";
import type { Preview } from "@/lib/core/operation";

export function PanelHead({ preview, closeHref }: { preview: Preview | null; closeHref: string }) {
  return (
    <header className="flex min-h-[42px] items-center gap-2 border-b px-3.5">
      <h2 className="text-lg font-semibold">Change plan</h2>
      <span className="ml-auto text-sm text-text-3">
        {preview ? `Preview valid until ${formatUtc(preview.expires_at).slice(11, 16)} UTC` : null}
      </span>
      <Link
        href={closeHref}
        scroll={false}
        aria-label="Close"
        className="-mr-2 grid size-[30px] place-items-center rounded-md text-text-2 hover:bg-hover touch:size-11"
      >
        <X size={15} aria-hidden />
      </Link>
    </header>
  );
}

/** Money, stores and the way back; paler while the numbers of what was chosen last are on their way. */
export function Effect({ preview, isOld }: { preview: Preview; isOld: boolean }) {
  return (
    <div className={`grid gap-3.5 border-t pt-3 ${isOld ? "opacity-60" : ""}`} aria-busy={isOld}>
      <MoneySection money={preview.money} plain />
      <AlsoTouches touches={preview.touches} />
      <UndoNote preview={preview} />
    </div>
  );
}
