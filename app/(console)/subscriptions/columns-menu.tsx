"use client";

import { Columns3 } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { Checkbox } from "@/components/ui/checkbox";
import { Menu } from "@/components/ui/menu";
import { COLUMNS, COLUMNS_COOKIE, type Column } from "./columns";

const YEAR_SECONDS = 365 * 86_400;

/** Which columns are shown; the browser remembers, and the address says so, that a link shows the same to others. */
export function ColumnsMenu({ shown }: { shown: readonly Column[] }) {
  const router = useRouter();
  const params = useSearchParams();

  function choose(form: HTMLFormElement) {
    const chosen = new FormData(form).getAll("column").map(String);
    if (chosen.length === 0) return;
    document.cookie = `${COLUMNS_COOKIE}=${chosen.join(".")}; path=/subscriptions; max-age=${YEAR_SECONDS}; samesite=lax`;
    const next = new URLSearchParams(params);
    next.set("columns", chosen.join(","));
    router.replace(`?${next}`, { scroll: false });
  }

  return (
    <Menu
      id="columns"
      label="Columns"
      size="sm"
      trigger={
        <>
          <Columns3 size={14} aria-hidden />
          Columns
        </>
      }
      panelClassName="px-3.5 py-2"
    >
      <form onChange={(event) => choose(event.currentTarget)} aria-label="Columns that are shown">
        {Object.entries(COLUMNS).map(([name, label]) => (
          <Checkbox
            key={name}
            name="column"
            value={name}
            label={label}
            className="flex w-full py-0.5"
            defaultChecked={shown.some((column) => column === name)}
          />
        ))}
      </form>
    </Menu>
  );
}
