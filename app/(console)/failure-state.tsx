import { RotateCw } from "lucide-react";
import { Denied, Failed } from "@/components/data-table/list-state";
import { ButtonLink } from "@/components/ui/button";
import { ENGINE_LABELS, type Engine } from "@/lib/databases/schema";
import type { Failure } from "@/lib/next/failure";

type FailureStateProps = {
  failure: Failure;
  /** What the panel would show, as in "sessions". */
  what: string;
  /** The same page, for Try again. */
  href: string;
  /** Where the panel starts anew when a link does not fit; else the same page. */
  clearHref?: string;
};

/** A panel that could not be filled says why in its own place; not allowed is not the same as broken. */
export function FailureState({ failure, what, href, clearHref = href }: FailureStateProps) {
  if (failure.code === "forbidden") {
    return (
      <Denied title={`You may not see ${what}`}>
        There may be some: they are hidden by your role. A superadmin can give you access.
      </Denied>
    );
  }
  if (failure.code === "invalid" || failure.code === "malformed") {
    return (
      <Denied
        title="This link does not fit this list"
        actions={<ButtonLink href={clearHref}>Start from the top</ButtonLink>}
      >
        {failure.message}
      </Denied>
    );
  }
  return (
    <Failed title={titleOf(failure)} reference={failure.request_id} actions={<TryAgain href={href} />}>
      {failure.code === "internal" ? "Something went wrong on our side." : failure.message} The rest of the page works.
    </Failed>
  );
}

function TryAgain({ href }: { href: string }) {
  return (
    <>
      <ButtonLink href={href} prefetch={false}>
        <RotateCw size={14} aria-hidden />
        Try again
      </ButtonLink>
      <ButtonLink href="/health" variant="ghost">
        Open health
      </ButtonLink>
    </>
  );
}

function titleOf({ store }: Failure): string {
  const label = isEngine(store) ? ENGINE_LABELS[store] : null;
  return label ? `${label} did not answer` : "This could not be loaded";
}

function isEngine(store: string | undefined): store is Engine {
  return store !== undefined && store in ENGINE_LABELS;
}
