import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { cn } from "../ui/cn";

type Crumb = { label: string; href?: string };

type PageProps = {
  /** The path; the last part is this page and no link. */
  crumbs: readonly Crumb[];
  /** `list`: the table scrolls in its frame, head and footer stay. */
  list?: boolean;
  className?: string;
  children: ReactNode;
};

export function Page({ crumbs, list = false, className, children }: PageProps) {
  return (
    <>
      <Crumbs crumbs={crumbs} />
      <div className={cn("page-frame", list && "list", className)}>{children}</div>
    </>
  );
}

function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs" className="crumbs">
      {crumbs.map(({ label, href }, index) => (
        <Fragment key={label}>
          {index > 0 ? <ChevronRight size={13} aria-hidden /> : null}
          {href && index < crumbs.length - 1 ? (
            <Link href={href} className="rounded-xs hover:text-text">
              {label}
            </Link>
          ) : (
            <b aria-current="page" className="truncate font-medium text-text max-md:text-lg max-md:font-semibold">
              {label}
            </b>
          )}
        </Fragment>
      ))}
    </nav>
  );
}

type PageTitleProps = {
  title: ReactNode;
  /** Beside the title: count, status, sentence. */
  children?: ReactNode;
  /** At most three, the primary one last. */
  actions?: ReactNode;
};

/** Under 768 px the header shows the title, so here it is kept for screen readers only. */
export function PageTitle({ title, children, actions }: PageTitleProps) {
  return (
    <div className="flex flex-none flex-wrap items-center gap-2">
      <h1 className="text-2xl font-semibold tracking-[-0.02em] max-md:sr-only">{title}</h1>
      {children}
      {actions ? <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  );
}
