"use client";

import { OctagonX, RotateCw } from "lucide-react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";

type ErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** What no page expected: the rest of the console stays, and the reference leads to the log. */
export default function ErrorPage({ error, reset }: ErrorProps) {
  const actions = (
    <>
      <Button onClick={reset}>
        <RotateCw size={14} aria-hidden />
        Try again
      </Button>
      <ButtonLink href="/" variant="ghost">
        Go to home
      </ButtonLink>
    </>
  );
  return (
    <div id="content" className="grid min-h-full flex-1 place-items-center">
      <Empty level={1} icon={OctagonX} tone="bad" role="alert" title="This page could not be shown" actions={actions}>
        Nothing was changed by it. The other pages work.
        {error.digest ? ` Reference ${error.digest}, in the log.` : ""}
      </Empty>
    </div>
  );
}
