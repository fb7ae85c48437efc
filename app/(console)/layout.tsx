import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { signOutAction } from "@/app/(auth)/actions";
import { Shell } from "@/components/shell/shell";
import { can } from "@/lib/auth/permissions";
import { currentSession } from "@/lib/next/context";
import { environment } from "@/lib/next/entrance";
import { stores } from "@/lib/next/stores";
import { navFor } from "./nav";
import { roleLabel } from "./users/user-words";

/** Draws the frame for whoever is signed in; it decides nothing, each page's own read does. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  if (!session) {
    redirect("/sign-in");
  }
  const { user_id: id, display_name: name, email, roles, permissions } = session;
  return (
    <Shell
      nav={navFor(permissions)}
      environment={environment()}
      engines={stores().engines.health()}
      seesHealth={can(permissions, "health.read")}
      searchesUsers={can(permissions, "users.read")}
      person={{ id, name, email, role: roles.map(roleLabel).join(", ") }}
      signOut={signOutAction}
    >
      {children}
    </Shell>
  );
}
