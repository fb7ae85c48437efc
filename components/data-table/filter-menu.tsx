import { Plus } from "lucide-react";
import Form from "next/form";
import type { ReactNode } from "react";
import { Button } from "../ui/button";
import { Menu } from "../ui/menu";

type FilterMenuProps = {
  /** The page whose URL takes the fields. */
  action: string;
  /** Parameters of the list that the form must keep (search, sort). */
  keep: Record<string, string | undefined>;
  /** `FilterGroup`s with checkboxes, or date fields. */
  children: ReactNode;
};

/** A plain GET form in a popover: the fields become the URL. */
export function FilterMenu({ action, keep, children }: FilterMenuProps) {
  return (
    <Menu
      id="filters"
      label="Add a filter"
      align="start"
      shortcut="filter"
      className="inline-flex h-7 flex-none items-center gap-1.5 rounded-md border border-dashed border-line-2 px-2 text-sm text-text-2 hover:bg-hover hover:text-text relative touch:h-9 touch:px-3 touch:before:absolute touch:before:-inset-1"
      panelClassName="w-[280px] p-0"
      trigger={
        <>
          <Plus size={13} aria-hidden />
          Filter
        </>
      }
    >
      <Form action={action} className="flex max-h-[min(70dvh,520px)] flex-col">
        {Object.entries(keep).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
        <div className="min-h-0 flex-1 overflow-y-auto px-3.5 py-2">{children}</div>
        <div className="flex justify-end border-t bg-sunken px-3.5 py-2.5">
          <Button type="submit" variant="primary" size="sm" popoverTarget="filters" popoverTargetAction="hide">
            Apply filters
          </Button>
        </div>
      </Form>
    </Menu>
  );
}

export function FilterGroup({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col py-1.5">
      <legend className="text-sm font-medium">{legend}</legend>
      {children}
    </fieldset>
  );
}
