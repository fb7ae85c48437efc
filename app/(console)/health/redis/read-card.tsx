import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import type { Read } from "@/lib/health/redis/schema";
import type { Attempt } from "@/lib/next/load";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { BlindNote } from "../frame/blind-note";

type ReadCardProps<T> = {
  title: string;
  found: Attempt<Read<T>>;
  hint?: (value: T) => ReactNode;
  /** At the right of the head, when there is something to act on. */
  controls?: (value: T) => ReactNode;
  children: (value: T) => ReactNode;
};

/** A panel of one read: its value, the right that is missing, or the failure; never an empty list instead. */
export function ReadCard<T>({ title, found, hint, controls, children }: ReadCardProps<T>) {
  const value = found.ok && found.value.ok ? found.value.value : null;
  return (
    <Card aria-label={title}>
      <CardHeader title={title} hint={value === null ? undefined : hint?.(value)}>
        {value === null ? null : controls?.(value)}
      </CardHeader>
      {value === null ? null : children(value)}
      {found.ok && !found.value.ok ? <BlindNote blind={found.value.blind} bare /> : null}
      {found.ok ? null : <PanelFailure failure={found.failure} what={title.toLowerCase()} />}
    </Card>
  );
}
