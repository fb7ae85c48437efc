import { Skeleton } from "../ui/skeleton";
import { Row, Table, Td, type Slot } from "./table";
import { Th } from "./head-cell";

type Column = { label: string; width?: number; numeric?: boolean; from?: "lg" | "xl"; slot?: Slot };

const WIDTHS = ["w-3/4", "w-3/5", "w-4/5", "w-1/2", "w-2/3"];

/** The final columns and heights with bars in place of words. */
export function TableSkeleton({
  columns,
  rows = 12,
  cards = true,
}: {
  columns: readonly Column[];
  rows?: number;
  cards?: boolean;
}) {
  return (
    <Table caption="Loading" cards={cards}>
      <thead>
        <tr>
          {columns.map(({ label, width, numeric, from }) => (
            <Th key={label} width={width} numeric={numeric} from={from}>
              {label}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          <Row key={row}>
            {columns.map(({ label, numeric, from, slot }, column) => (
              <Td key={label} numeric={numeric} from={from} slot={slot}>
                <Skeleton
                  className={`${WIDTHS[(row + column) % WIDTHS.length]} max-w-40 ${numeric ? "ml-auto" : ""}`}
                />
              </Td>
            ))}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
