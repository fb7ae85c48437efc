import { Del, Ins } from "../ui/diff";
import { Table, Td } from "../data-table/table";
import { Th } from "../data-table/head-cell";

type Values = Record<string, unknown> | null;

type FieldDiffProps = {
  /** Names the rows for screen readers, as in "Fields that change". */
  caption: string;
  before: Values;
  after: Values;
  labels?: Record<string, string>;
  /** Other words for the three columns. */
  heads?: readonly [string, string, string];
};

const HEADS = ["Field", "Before", "After"] as const;

/** Field, before, after; a field missing on one side shows `–`. */
export function FieldDiff({ caption, before, after, labels = {}, heads = HEADS }: FieldDiffProps) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return (
    <div className="overflow-hidden rounded-[9px] border bg-raised">
      <Table caption={caption} variant="card">
        <thead>
          <tr>
            {heads.map((head) => (
              <Th key={head}>{head}</Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <Td className="font-mono text-sm">{labels[field] ?? field}</Td>
              <Td className="whitespace-normal">{side(before, field, Del)}</Td>
              <Td className="whitespace-normal">{side(after, field, Ins)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function side(values: Values, field: string, Mark: typeof Del) {
  const words = formatValue(values?.[field]);
  return words === "–" ? <span className="text-text-3">–</span> : <Mark>{words}</Mark>;
}

function formatValue(value: unknown): string {
  if (value === null || value === undefined || value === "") {
    return "–";
  }
  if (Array.isArray(value)) {
    return value.map(formatValue).join(", ") || "–";
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
