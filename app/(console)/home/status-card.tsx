import Link from "next/link";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { formatNumber } from "@/components/ui/number";
import { Status } from "@/components/ui/status";
import { Tile } from "@/components/ui/tile";
import { Time } from "@/components/ui/time";
import { USER_STATUS, USER_STATUSES } from "@/lib/users/schema";
import { PanelFailure } from "../users/[id]/panel-failure";
import { figuresOf } from "./figures-of";

/** Each number leads to its rows. */
export async function StatusCard() {
  const figures = await figuresOf();
  if (!figures.ok) {
    return (
      <Card>
        <CardHeader title="Users by status" />
        <PanelFailure failure={figures.failure} what="user figures" />
      </Card>
    );
  }
  const { total, by_status: counts, as_of: asOf } = figures.value;
  return (
    <Card>
      <CardHeader title="Users by status">
        <Link href="/users" className="link">
          {formatNumber(total)} in all
        </Link>
      </CardHeader>
      <ul className="px-3.5 py-1.5">
        {USER_STATUSES.map((status) => (
          <li key={status} className="grid min-h-[30px] grid-cols-[110px_minmax(0,1fr)_72px] items-center gap-2.5">
            <Status status={USER_STATUS[status]} />
            <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-grid">
              <span className="block h-full bg-chart-1" style={{ width: share(counts[status], total) }} />
            </span>
            <Link href={`/users?status=${status}`} prefetch={false} className="link text-right">
              {formatNumber(counts[status])}
            </Link>
          </li>
        ))}
      </ul>
      <CardFooter className="text-text-3">
        <Tile code="Pg" size={18} muted />
        <span>
          PostgreSQL, exact, counted <Time value={asOf} focusable />
        </span>
      </CardFooter>
    </Card>
  );
}

function share(count: number, total: number): string {
  return count === 0 ? "0" : `max(4px, ${(count / Math.max(total, 1)) * 100}%)`;
}
