"use client";

import { Ellipsis, ExternalLink } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { menuItemStyle, MenuRow } from "@/components/ui/menu";
import type { Icon } from "@/components/ui/tone";

/** What a row offers: a command by its name, or a page by its address. */
export type RowEntry<Command extends string> = {
  label: string;
  icon: Icon;
  danger?: boolean;
  /** Key of the registry that chooses it, and how it is written. */
  shortcut?: { id: string; keys: string };
} & ({ command: Command } | { href: string });

type RowMenuProps<Command extends string> = {
  id: string;
  /** Whose actions they are, for those who cannot see the row. */
  name: string;
  href: string;
  entries: readonly RowEntry<Command>[];
  onChoose: (command: Command) => void;
};

/** The actions of a row; its entries are drawn when it opens, for a list has many rows. */
export function RowMenu<Command extends string>({ id, name, href, entries, onChoose }: RowMenuProps<Command>) {
  const [drawn, setDrawn] = useState(false);
  const menu = `menu-${id}`;
  return (
    <>
      <button
        type="button"
        popoverTarget={menu}
        data-shortcut="menu"
        aria-label={`Actions for ${name}`}
        className={buttonStyle({ variant: "ghost", size: "icon-sm" })}
      >
        <Ellipsis size={15} aria-hidden />
      </button>
      {entries.map((entry) =>
        entry.shortcut && "command" in entry ? (
          <button
            key={entry.label}
            type="button"
            hidden
            data-shortcut={entry.shortcut.id}
            onClick={() => onChoose(entry.command)}
          />
        ) : null,
      )}
      <div
        id={menu}
        popover="auto"
        data-align="end"
        onBeforeToggle={() => setDrawn(true)}
        className="menu-popover min-w-[220px] rounded-lg border bg-raised p-[5px] text-left text-base font-normal text-text shadow-md"
      >
        {drawn ? (
          <>
            <Link href={href} className={menuItemStyle}>
              <MenuRow icon={<ExternalLink size={15} aria-hidden />} keys="↵">
                Open
              </MenuRow>
            </Link>
            {entries.map((entry) =>
              "href" in entry ? (
                <Link key={entry.label} href={entry.href} prefetch={false} className={menuItemStyle}>
                  <Entry entry={entry} />
                </Link>
              ) : (
                <button
                  key={entry.label}
                  type="button"
                  popoverTarget={menu}
                  popoverTargetAction="hide"
                  onClick={() => onChoose(entry.command)}
                  className={menuItemStyle}
                >
                  <Entry entry={entry} />
                </button>
              ),
            )}
          </>
        ) : null}
      </div>
    </>
  );
}

function Entry<Command extends string>({ entry }: { entry: RowEntry<Command> }) {
  const { icon: EntryIcon, label, danger, shortcut } = entry;
  return (
    <MenuRow
      icon={<EntryIcon size={15} aria-hidden />}
      danger={danger ?? false}
      {...(shortcut && { keys: shortcut.keys })}
    >
      {label}
    </MenuRow>
  );
}
