import type { ReactNode } from "react";
import { signOutAction } from "@/app/(auth)/actions";
import { Shell } from "@/components/shell/shell";
import { environment } from "@/lib/next/entrance";
import { stores } from "@/lib/next/stores";
import { navFor } from "./nav";
import { roleLabel } from "./users/user-words";
import { viewer } from "./viewer";

/** Draws the frame for whoever is signed in; it decides nothing, each page's own read does. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { user_id: id, display_name: name, email, roles, permissions, may } = await viewer();
  return (
    <Shell
      nav={navFor(permissions)}
      environment={environment()}
      engines={stores().engines.health()}
      seesHealth={may("health.read")}
      searchesUsers={may("users.read")}
      person={{ id, name, email, role: roles.map(roleLabel).join(", ") }}
      signOut={signOutAction}
    >
      {children}
    </Shell>
  );
}
