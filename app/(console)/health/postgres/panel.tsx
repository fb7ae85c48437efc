import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import type { Attempt } from "@/lib/next/load";
import { PanelFailure } from "../../users/[id]/panel-failure";

type PanelProps<T> = {
  id: string;
  title: string;
  hint?: ReactNode;
  /** At the right of the title. */
  controls?: ReactNode;
  /** What is missing when it failed: "the lock tree". */
  what: string;
  found: Attempt<T>;
  children: (value: T) => ReactNode;
};

/** A card that says in its own place why it is empty. */
export function Panel<T>({ id, title, hint, controls, what, found, children }: PanelProps<T>) {
  return (
    <Card id={id} aria-labelledby={`${id}-title`} className="scroll-mt-4">
      <CardHeader id={`${id}-title`} title={title} hint={hint}>
        {controls}
      </CardHeader>
      {found.ok ? children(found.value) : <PanelFailure failure={found.failure} what={what} />}
    </Card>
  );
}

/** A list without rows, when that is good news or simply so. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="px-3.5 py-5 text-text-2">{children}</p>;
}
