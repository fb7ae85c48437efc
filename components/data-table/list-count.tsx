import Link from "next/link";
import type { ReactNode } from "react";
import { Count } from "../ui/number";
import type { Href } from "./params";

type ListCountProps = {
  page: { estimated_total: number; exact: boolean };
  /** Given when the reader may count exactly. */
  href?: Href;
};

/** Beside a list's title: estimated at once, exact on demand. */
export function ListCount({ page: { estimated_total: total, exact }, href }: ListCountProps) {
  return (
    <>
      <span className="ml-1 text-text-3">
        <Count value={total} exact={exact} />
      </span>
      {href && !exact ? (
        <Link href={href({ count: "exact" })} scroll={false} prefetch={false} className="link ml-1 text-sm">
          Count exactly
        </Link>
      ) : null}
    </>
  );
}

export function ExactCount({ children }: { children: ReactNode }) {
  return (
    <span role="status" className="ml-1 text-text-3">
      {children}
    </span>
  );
}
