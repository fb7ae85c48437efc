"use client";

import clsx from "clsx";
import { ENGINE_LABELS, ENGINE_TILES } from "@/lib/databases/schema";
import { Kbd } from "../ui/kbd";
import { formatMs } from "../ui/number";
import { Tile } from "../ui/tile";
import { useSuggestions } from "./palette-query";

/** Keys at the left, the store that answered at the right. */
export function PaletteFooter({ words }: { words: string }) {
  const { data } = useSuggestions(words);
  const source = words.length >= 2 ? data?.source : undefined;
  return (
    <footer className="flex min-h-[38px] flex-none items-center gap-4 border-t bg-sunken px-4 text-sm text-text-2">
      <span className="flex items-center gap-1.5 max-md:hidden">
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd> move
      </span>
      <span className="flex items-center gap-1.5 max-md:hidden">
        <Kbd>↵</Kbd> open
      </span>
      {source ? (
        <span role="status" className={clsx("ml-auto flex items-center gap-1.5", source.degraded && "text-warn")}>
          <Tile code={ENGINE_TILES[source.store]} size={18} muted />
          {ENGINE_LABELS[source.store]}
          {source.degraded ? " in place of Elasticsearch" : ""}, {formatMs(source.ms)}
        </span>
      ) : null}
    </footer>
  );
}
