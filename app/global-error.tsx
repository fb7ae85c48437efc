"use client";

import { OctagonX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import "./globals.css";

type ErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** Stands in for the root layout when that itself failed. */
export default function GlobalError({ error, reset }: ErrorProps) {
  return (
    <html lang="en" data-theme="system">
      <body className="grid min-h-dvh place-items-center font-sans">
        <Empty
          level={1}
          icon={OctagonX}
          tone="bad"
          role="alert"
          title="Quadrant could not be shown"
          actions={<Button onClick={reset}>Try again</Button>}
        >
          Nothing was changed by it.{error.digest ? ` Reference ${error.digest}, in the log.` : ""}
        </Empty>
      </body>
    </html>
  );
}
