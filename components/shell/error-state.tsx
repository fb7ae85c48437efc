"use client";

import { OctagonX, RotateCw } from "lucide-react";
import { Button } from "../ui/button";
import { Empty } from "../ui/empty";

type ErrorStateProps = { title: string; error: Error & { digest?: string }; reset: () => void };

/** What no page expected; the reference leads to the log. */
export function ErrorState({ title, error, reset }: ErrorStateProps) {
  const again = (
    <Button onClick={reset}>
      <RotateCw size={14} aria-hidden />
      Try again
    </Button>
  );
  return (
    <Empty level={1} icon={OctagonX} tone="bad" role="alert" title={title} actions={again} className="flex-1">
      Nothing was changed by it.{error.digest ? ` Reference ${error.digest}, in the log.` : ""}
    </Empty>
  );
}
