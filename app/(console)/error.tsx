"use client";

import { ErrorState } from "@/components/shell/error-state";

type ErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** What no page expected: the frame and the other pages stay. */
export default function ErrorPage(props: ErrorProps) {
  return <ErrorState title="This page could not be shown" {...props} />;
}
