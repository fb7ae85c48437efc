"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useState, type ReactNode } from "react";

type DialogProps = {
  title: string;
  description?: ReactNode;
  /** At the right of the title: how old the preview is. */
  aside?: ReactNode;
  width?: "narrow" | "wide";
  onClose: () => void;
  children: ReactNode;
};

/** Open while it is mounted: the page renders it on demand, which keeps it out of the first load. */
export function Dialog({ title, description, aside, width = "wide", onClose, children }: DialogProps) {
  const [opener] = useState(() => document.activeElement);
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          aria-describedby={description ? undefined : ""}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusAgain(opener);
          }}
          className={clsx(
            "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 flex-col overflow-hidden rounded-xl bg-raised shadow-lg ring-1 ring-line outline-none max-md:inset-0 max-md:h-dvh max-md:max-h-none max-md:w-full max-md:max-w-none max-md:translate-none max-md:rounded-none",
            width === "wide" ? "max-w-[820px]" : "max-w-[480px]",
          )}
        >
          <header className="border-b px-[22px] pt-[18px] pb-3.5 max-md:px-4">
            <div className="flex items-center gap-2">
              <Radix.Title className="text-xl font-semibold tracking-[-0.02em]">{title}</Radix.Title>
              <span className="ml-auto flex items-center gap-1.5 text-sm text-text-3">{aside}</span>
              <Radix.Close
                aria-label="Close"
                className="-my-1 -mr-2 ml-1 grid size-[30px] flex-none place-items-center rounded-md text-text-2 hover:bg-hover touch:size-11"
              >
                <X size={16} aria-hidden />
              </Radix.Close>
            </div>
            {description ? <Radix.Description className="mt-0.5 text-text-2">{description}</Radix.Description> : null}
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Scrolls between the head and the confirm bar. */
export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>;
}

/** The confirm bar: `note` at the left, Cancel and the confirm button as children. */
export function DialogFooter({ note, children }: { note?: ReactNode; children: ReactNode }) {
  return (
    <footer className="flex flex-wrap items-center gap-2 border-t bg-sunken px-[22px] py-3 max-md:px-4">
      <span className="flex min-w-0 flex-1 items-center gap-1.5 text-sm text-text-2">{note}</span>
      {children}
    </footer>
  );
}

/** The opener may stand in a menu that is closed by now: then its button takes the focus. */
function focusAgain(opener: Element | null): void {
  const menu = opener?.closest("[popover]:not(:popover-open)");
  const target = menu ? document.querySelector(`[popovertarget="${menu.id}"]`) : opener;
  if (target instanceof HTMLElement) {
    target.focus();
  }
}
