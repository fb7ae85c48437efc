"use client";

import { ErrorState } from "@/components/shell/error-state";

type ErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** The frame of the console itself failed. */
export default function ErrorPage(props: ErrorProps) {
  return (
    <main id="content" className="flex min-h-dvh">
      <ErrorState title="This page could not be shown" {...props} />
    </main>
  );
}
