"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useRef, useState } from "react";
import { PaletteFooter } from "./palette-footer";
import { PaletteActions, PalettePages } from "./palette-pages";
import { PaletteUsers } from "./palette-users";

export type PalettePage = { href: string; label: string };

type PaletteProps = { pages: readonly PalettePage[]; searchUsers: boolean; onClose: () => void };

/** How long typing must rest before people are searched. */
const REST_MS = 120;

const client = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: false } } });

/** Pages, actions and people by name; loaded with the first ⌘K. */
export default function Palette({ pages, searchUsers, onClose }: PaletteProps) {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [words, setWords] = useState("");
  const [settled, setSettled] = useState("");

  function type(next: string) {
    setWords(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setSettled(next.trim()), REST_MS);
  }

  function go(href: string) {
    onClose();
    router.push(href);
  }

  return (
    <QueryClientProvider client={client}>
      <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
          <Dialog.Content
            aria-describedby=""
            className="fixed top-[11vh] left-1/2 z-50 w-[calc(100vw-32px)] max-w-[700px] -translate-x-1/2 overflow-hidden rounded-xl bg-raised shadow-lg ring-1 ring-line outline-none max-md:inset-0 max-md:w-full max-md:translate-none max-md:rounded-none"
          >
            <Dialog.Title className="sr-only">Search or jump to</Dialog.Title>
            <Command
              label="Search or jump to"
              shouldFilter={false}
              vimBindings={false}
              loop
              className="flex max-h-[min(76vh,620px)] flex-col max-md:h-dvh max-md:max-h-none"
            >
              <div className="flex h-[52px] flex-none items-center gap-2.5 border-b px-[18px]">
                <Search size={17} aria-hidden className="text-text-2" />
                <Command.Input
                  autoFocus
                  value={words}
                  onValueChange={type}
                  placeholder={searchUsers ? "Find a page, an action or a person" : "Find a page or an action"}
                  className="h-full flex-1 bg-transparent text-[15px] outline-none placeholder:text-text-3"
                />
              </div>
              <Command.List className="min-h-0 flex-1 overflow-y-auto p-2 pb-3">
                {searchUsers ? <PaletteUsers words={settled} go={go} /> : null}
                <PalettePages pages={pages} words={words} go={go} />
                <PaletteActions words={words} />
              </Command.List>
              <PaletteFooter words={searchUsers ? settled : ""} />
            </Command>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </QueryClientProvider>
  );
}
