import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { COLUMNS, SLOTS, type Column } from "./columns";

/** The columns of the list, with bars in place of words. */
export function SubscriptionsSkeleton({ columns }: { columns: readonly Column[] }) {
  return (
    <TableSkeleton
      columns={[
        { label: "Customer", slot: "title" },
        ...columns.map((name) => ({
          label: COLUMNS[name],
          slot: SLOTS[name],
        })),
      ]}
    />
  );
}
