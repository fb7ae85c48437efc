import { TableSkeleton } from "@/components/data-table/table-skeleton";

/** The columns of the list, with bars in place of words. */
export function UsersSkeleton() {
  return (
    <TableSkeleton
      columns={[
        { label: "Name", slot: "title" },
        { label: "E-mail", slot: "sub" },
        { label: "Status", slot: "side-2" },
        { label: "Roles", from: "lg" },
        { label: "Last seen", slot: "side" },
        { label: "Created", from: "lg" },
      ]}
    />
  );
}
