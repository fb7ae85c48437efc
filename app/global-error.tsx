"use client";

import { ErrorState } from "@/components/shell/error-state";
import "./globals.css";

type ErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** Stands in for the root layout when that itself failed. */
export default function GlobalError(props: ErrorProps) {
  return (
    <html lang="en" data-theme="system">
      <body className="font-sans">
        <title>Error · Quadrant</title>
        <main id="content" className="flex min-h-dvh">
          <ErrorState title="Quadrant could not be shown" {...props} />
        </main>
      </body>
    </html>
  );
}
