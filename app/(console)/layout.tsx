import type { ReactNode } from "react";
import { signOutAction } from "@/app/(auth)/actions";
import { Shell } from "@/components/shell/shell";
import { alertCounts } from "@/lib/alerts/queries";
import { environment } from "@/lib/next/entrance";
import { attempt } from "@/lib/next/load";
import { stores } from "@/lib/next/stores";
import { approvalCountsOf } from "./approvals/counts-of";
import { navFor } from "./nav";
import { roleLabel } from "./users/user-words";
import { viewer } from "./viewer";

/** Draws the frame for whoever is signed in; it decides nothing, each page's own read does. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { user_id: id, display_name: name, email, roles, permissions, may } = await viewer();
  const [counts, waiting] = await Promise.all([
    may("alerts.read") ? attempt(alertCounts, {}) : null,
    may("approvals.decide") ? approvalCountsOf() : null,
  ]);
  const alerts = counts?.ok ? counts.value.open : 0;
  return (
    <Shell
      nav={navFor(permissions, { alerts, approvals: waiting?.ok ? waiting.value.for_me : 0 })}
      environment={environment()}
      engines={stores().engines.health()}
      seesHealth={may("health.read")}
      alerts={counts ? alerts : null}
      searchesUsers={may("users.read")}
      person={{ id, name, email, role: roles.map(roleLabel).join(", ") }}
      signOut={signOutAction}
    >
      {children}
    </Shell>
  );
}
