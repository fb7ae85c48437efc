import type { Metadata } from "next";
import { NotFoundState } from "@/components/shell/page-state";

export const metadata: Metadata = { title: "Not found" };

/** Outside of the console's frame. */
export default function NotFound() {
  return (
    <main id="content" className="flex min-h-dvh">
      <NotFoundState />
    </main>
  );
}
