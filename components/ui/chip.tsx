import { X } from "lucide-react";
import Link from "next/link";

type ChipProps = {
  field: string;
  operator?: string;
  value: string;
  /** The same list without this filter. */
  removeHref: string;
};

export function Chip({ field, operator, value, removeHref }: ChipProps) {
  return (
    <span className="inline-flex h-7 flex-none items-stretch divide-x divide-line rounded-md border border-line-2 bg-raised text-sm whitespace-nowrap touch:h-9">
      <span className="flex items-center px-2 text-text-2 max-md:hidden">{field}</span>
      {operator ? <span className="flex items-center px-2 text-text-3 max-md:hidden">{operator}</span> : null}
      <span className="flex items-center px-2 font-medium">{value}</span>
      <Link
        href={removeHref}
        scroll={false}
        aria-label={`Remove the filter ${field} ${operator ?? ""} ${value}`}
        className="relative flex min-w-6 items-center justify-center rounded-r-md text-text-3 -outline-offset-2 hover:bg-hover hover:text-text touch:min-w-11 touch:before:absolute touch:before:-inset-y-1 touch:before:inset-x-0"
      >
        <X size={12} aria-hidden />
      </Link>
    </span>
  );
}
