"use client";

import { Ban, CircleCheck, Ellipsis, ExternalLink, LogOut, Pencil } from "lucide-react";
import Link from "next/link";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { menuItemStyle, MenuRow } from "@/components/ui/menu";
import type { UserCommand } from "./dialogs/user-dialog";
import type { UserMay, UserTarget } from "./user-target";

const UserDialog = lazy(() => import("./dialogs/user-dialog"));

type Entry = { command: UserCommand; label: string; icon: ReactNode; keys?: string; danger?: boolean };

/** The actions of a row; its entries are drawn when it opens, for a list has many rows. */
export function UserRowMenu({ user, may }: { user: UserTarget; may: UserMay }) {
  const [drawn, setDrawn] = useState(false);
  const [command, setCommand] = useState<UserCommand | null>(null);
  const id = `menu-${user.id}`;
  const entries = entriesOf(user, may);
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        data-shortcut="menu"
        aria-label={`Actions for ${user.display_name}`}
        className={buttonStyle({ variant: "ghost", size: "icon-sm" })}
      >
        <Ellipsis size={15} aria-hidden />
      </button>
      {entries.map(({ command, keys }) =>
        keys ? (
          <button key={command} type="button" hidden data-shortcut={KEYS[keys]} onClick={() => setCommand(command)} />
        ) : null,
      )}
      <div
        id={id}
        popover="auto"
        data-align="end"
        onBeforeToggle={() => setDrawn(true)}
        className="menu-popover min-w-[220px] rounded-lg border bg-raised p-[5px] text-left text-base font-normal text-text shadow-md"
      >
        {drawn ? (
          <>
            <Link href={`/users/${user.id}`} className={menuItemStyle}>
              <MenuRow icon={<ExternalLink size={15} aria-hidden />} keys="↵">
                Open
              </MenuRow>
            </Link>
            {entries.map(({ command, label, ...row }) => (
              <button
                key={command}
                type="button"
                popoverTarget={id}
                popoverTargetAction="hide"
                onClick={() => setCommand(command)}
                className={menuItemStyle}
              >
                <MenuRow {...row}>{label}</MenuRow>
              </button>
            ))}
          </>
        ) : null}
      </div>
      {command ? (
        <Suspense>
          <UserDialog command={command} user={user} onClose={() => setCommand(null)} />
        </Suspense>
      ) : null}
    </>
  );
}

const KEYS: Record<string, string> = { E: "edit", S: "suspend" };

function entriesOf({ status }: UserTarget, may: UserMay): Entry[] {
  const icon = 15;
  const entries: (Entry | false)[] = [
    may.edit && { command: "edit", label: "Edit…", icon: <Pencil size={icon} aria-hidden />, keys: "E" },
    may.signOut && { command: "sign-out", label: "Sign out everywhere…", icon: <LogOut size={icon} aria-hidden /> },
    may.suspend &&
      status === "active" && {
        command: "suspend",
        label: "Suspend…",
        icon: <Ban size={icon} aria-hidden />,
        keys: "S",
        danger: true,
      },
    may.suspend &&
      status === "suspended" && {
        command: "reactivate",
        label: "Reactivate…",
        icon: <CircleCheck size={icon} aria-hidden />,
        keys: "S",
      },
  ];
  return entries.filter((entry) => entry !== false);
}
