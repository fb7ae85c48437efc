import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import type { Blind } from "@/lib/databases/schema";
import type { Attempt } from "@/lib/next/load";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { BlindNote } from "../frame/blind-note";

type PanelProps<T> = {
  title: string;
  found: Attempt<T>;
  hint?: (value: T) => ReactNode;
  controls?: (value: T) => ReactNode;
  children: (value: T) => ReactNode;
};

/** A panel of one read: what could not be read stands in it, never an empty list instead. */
export function Panel<T extends { blind: readonly Blind[] }>({
  title,
  found,
  hint,
  controls,
  children,
}: PanelProps<T>) {
  return (
    <Card aria-label={title}>
      <CardHeader title={title} hint={found.ok ? hint?.(found.value) : undefined}>
        {found.ok ? controls?.(found.value) : null}
      </CardHeader>
      {found.ok ? (
        <>
          {found.value.blind.map((blind) => (
            <BlindNote key={blind.check} blind={blind} bare />
          ))}
          {children(found.value)}
        </>
      ) : (
        <PanelFailure failure={found.failure} what={title.toLowerCase()} />
      )}
    </Card>
  );
}
