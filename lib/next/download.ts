// A file of rows, written as it is read: nothing waits in memory but the slice under way.
import "server-only";
import { type Cell, csvLine } from "@/lib/core/csv";

/** What stands in each column, by its heading. */
export type Columns<Row> = Record<string, (row: Row) => Cell>;

type Slices<Row> = AsyncGenerator<Row[], void, undefined>;

/** `first` was read already, so that a refusal is an answer of its own and no half of a file. */
export function csvAnswer<Row>(
  file: string,
  columns: Columns<Row>,
  slices: Slices<Row>,
  first: IteratorResult<Row[], void>,
): Response {
  const cells = Object.values(columns);
  const encoder = new TextEncoder();
  const text = (rows: readonly Row[]) => rows.map((row) => csvLine(cells.map((cell) => cell(row)))).join("");
  let next: IteratorResult<Row[], void> | null = first;
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(encoder.encode(csvLine(Object.keys(columns)))),
      async pull(controller) {
        const { done, value } = next ?? (await slices.next());
        next = null;
        if (done) controller.close();
        else controller.enqueue(encoder.encode(text(value)));
      },
      // Whoever asked went away: the slices end, and say so in the audit.
      cancel: async () => {
        await slices.return();
      },
    },
    { highWaterMark: 0 },
  );
  const day = new Date().toISOString().slice(0, 10);
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${file}-${day}.csv"`,
      "x-accel-buffering": "no",
    },
  });
}
