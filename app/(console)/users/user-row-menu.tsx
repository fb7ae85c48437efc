"use client";

import { Ban, CircleCheck, LogOut, Pencil } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { RowMenu, type RowEntry } from "@/components/data-table/row-menu";
import type { UserCommand } from "./dialogs/user-dialog";
import type { UserMay, UserTarget } from "./user-target";

const UserDialog = lazy(() => import("./dialogs/user-dialog"));

/** The actions of a person's row. */
export function UserRowMenu({ user, may }: { user: UserTarget; may: UserMay }) {
  const [command, setCommand] = useState<UserCommand | null>(null);
  return (
    <>
      <RowMenu
        id={user.id}
        name={user.display_name}
        href={`/users/${user.id}`}
        entries={entriesOf(user, may)}
        onChoose={setCommand}
      />
      {command ? (
        <Suspense>
          <UserDialog command={command} user={user} onClose={() => setCommand(null)} />
        </Suspense>
      ) : null}
    </>
  );
}

function entriesOf({ status }: UserTarget, may: UserMay): RowEntry<UserCommand>[] {
  const shortcut = { id: "suspend", keys: "S" };
  const entries: (RowEntry<UserCommand> | false)[] = [
    may.edit && { command: "edit", label: "Edit…", icon: Pencil, shortcut: { id: "edit", keys: "E" } },
    may.signOut && { command: "sign-out", label: "Sign out everywhere…", icon: LogOut },
    may.suspend && status === "active" && { command: "suspend", label: "Suspend…", icon: Ban, shortcut, danger: true },
    may.suspend &&
      status === "suspended" && { command: "reactivate", label: "Reactivate…", icon: CircleCheck, shortcut },
  ];
  return entries.filter((entry) => entry !== false);
}
