import type { Metadata } from "next";
import { ForbiddenState } from "@/components/shell/page-state";

export const metadata: Metadata = { title: "Not allowed" };

/** Outside of the console's frame. */
export default function Forbidden() {
  return (
    <main id="content" className="flex min-h-dvh">
      <ForbiddenState />
    </main>
  );
}
