"use client";

import { Columns3 } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { Checkbox } from "../ui/checkbox";
import { Menu } from "../ui/menu";

const YEAR_SECONDS = 365 * 86_400;

type ColumnsMenuProps = {
  /** Every column that may be left out, with its words. */
  columns: Record<string, string>;
  shown: readonly string[];
  /** Where the browser remembers the choice, for the pages under `path`. */
  cookie: string;
  path: string;
};

/** Which columns are shown; the browser remembers, and the address says so, that a link shows the same to others. */
export function ColumnsMenu({ columns, shown, cookie, path }: ColumnsMenuProps) {
  const router = useRouter();
  const params = useSearchParams();

  function choose(form: HTMLFormElement, box: EventTarget) {
    const chosen = [...form.querySelectorAll<HTMLInputElement>("input:checked")].map(({ value }) => value);
    if (chosen.length === 0) {
      // The last one was unticked before the page could lock it.
      if (box instanceof HTMLInputElement) box.checked = true;
      return;
    }
    document.cookie = `${cookie}=${chosen.join(".")}; path=${path}; max-age=${YEAR_SECONDS}; samesite=lax`;
    const next = new URLSearchParams(params);
    next.set("columns", chosen.join(","));
    router.replace(`?${next}`, { scroll: false });
  }

  const last = shown.length === 1 ? shown[0] : null;
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
      panelClassName="w-[200px] px-3.5 py-2"
    >
      <form onChange={(event) => choose(event.currentTarget, event.target)} aria-label="Columns that are shown">
        {Object.entries(columns).map(([name, label]) => (
          <Checkbox
            key={name}
            value={name}
            label={label}
            className="flex w-full py-0.5"
            defaultChecked={shown.includes(name)}
            disabled={name === last}
            title={name === last ? "One column stays" : undefined}
          />
        ))}
      </form>
    </Menu>
  );
}
