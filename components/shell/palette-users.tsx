"use client";

import { History, MonitorSmartphone } from "lucide-react";
import type { UserRow } from "@/lib/users/schema";
import { Avatar } from "../ui/avatar";
import { PaletteGroup, PaletteItem } from "./palette-item";
import { useSuggestions } from "./palette-query";

type UsersProps = { words: string; go: (href: string) => void };

export function PaletteUsers({ words, go }: UsersProps) {
  const { data, isError } = useSuggestions(words);
  if (words.length < 2) {
    return null;
  }
  if (isError) {
    return <p className="px-2.5 py-3 text-text-2">People cannot be searched just now. Pages and actions work.</p>;
  }
  const [best, ...others] = data?.data ?? [];
  if (!best) {
    return data ? <p className="px-2.5 py-3 text-text-2">Nobody matches “{words}”.</p> : null;
  }
  return (
    <>
      <PaletteGroup heading="Best match">
        <Person user={best} go={go} />
        <div className="ml-[21px] border-l pl-2">
          <PaletteItem
            value={`${best.id}-sessions`}
            icon={<MonitorSmartphone size={15} aria-hidden />}
            onSelect={() => go(`/users/${best.id}#sessions`)}
          >
            Sessions
          </PaletteItem>
          <PaletteItem
            value={`${best.id}-audit`}
            icon={<History size={15} aria-hidden />}
            onSelect={() => go(`/users/${best.id}#audit`)}
          >
            Audit trail
          </PaletteItem>
        </div>
      </PaletteGroup>
      {others.length > 0 ? (
        <PaletteGroup heading="Users">
          {others.map((user) => (
            <Person key={user.id} user={user} go={go} />
          ))}
        </PaletteGroup>
      ) : null}
    </>
  );
}

function Person({ user, go }: { user: UserRow; go: UsersProps["go"] }) {
  return (
    <PaletteItem
      value={user.id}
      icon={<Avatar id={user.id} name={user.display_name} />}
      aside={user.status.replace(/^./, (letter) => letter.toUpperCase())}
      onSelect={() => go(`/users/${user.id}`)}
    >
      <b className="font-medium">{user.display_name}</b> <span className="ml-1 text-sm text-text-2">{user.email}</span>
    </PaletteItem>
  );
}
