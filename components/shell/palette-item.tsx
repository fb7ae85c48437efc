"use client";

import { Command } from "cmdk";
import type { ReactNode } from "react";
import { Kbd } from "../ui/kbd";

type PaletteItemProps = {
  value: string;
  icon: ReactNode;
  aside?: ReactNode;
  onSelect: () => void;
  children: ReactNode;
};

export function PaletteItem({ value, icon, aside, onSelect, children }: PaletteItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="group flex h-[38px] cursor-pointer items-center gap-2.5 rounded-md px-2.5 aria-selected:bg-accent-soft touch:h-11"
    >
      <span className="flex w-[22px] flex-none justify-center text-text-2">{icon}</span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <span className="flex flex-none items-center gap-3 text-sm text-text-2">
        {aside}
        <span className="hidden group-aria-selected:inline">
          <Kbd>↵</Kbd>
        </span>
      </span>
    </Command.Item>
  );
}

export function PaletteGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-text-2"
    >
      {children}
    </Command.Group>
  );
}

/** Every typed word begins a word of the label. */
export function matches(label: string, words: string): boolean {
  const parts = label.toLowerCase().split(/\s+/);
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => parts.some((part) => part.startsWith(word)));
}
