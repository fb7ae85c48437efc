import type { ReactNode } from "react";
import { ENGINE_LABELS, ENGINES, type EngineHealth } from "@/lib/databases/schema";
import { TimeTip } from "../ui/time-tip";
import { Toasts } from "../ui/toasts";
import { AccountMenu } from "./account-menu";
import { Banner } from "./banner";
import { BottomBar } from "./bottom-bar";
import type { Environment } from "./env-tag";
import { Header } from "./header";
import { Overlays } from "./overlays";
import { Sidebar, type NavItem } from "./sidebar";

type ShellProps = {
  /** Only what exists and what the role may open. */
  nav: readonly NavItem[];
  environment: Environment;
  engines: readonly EngineHealth[];
  /** May the role see health? Else strip and engine list are absent; the banner stays. */
  seesHealth: boolean;
  /** Open alerts; null for a role that may not see them. */
  alerts: number | null;
  /** May the role search people in the palette? */
  searchesUsers: boolean;
  person: { id: string; name: string; email: string; role: string };
  signOut: () => Promise<void>;
  children: ReactNode;
};

export function Shell(props: ShellProps) {
  const { nav, environment, engines, seesHealth, alerts, searchesUsers, person, signOut, children } = props;
  const visible = seesHealth ? engines : null;
  const databases = seesHealth
    ? ENGINES.map((engine) => ({ href: `/health/${engine}`, label: ENGINE_LABELS[engine] }))
    : [];
  const pages = [...nav.map(({ href, label }) => ({ href, label })), ...databases];
  return (
    <div className="shell">
      <Sidebar
        nav={nav}
        environment={environment}
        engines={visible}
        account={<AccountMenu person={person} signOut={signOut} />}
      />
      <Header environment={environment} engines={visible} alerts={alerts} />
      <main id="content" tabIndex={-1} className="shell-main outline-none">
        <Banner engines={engines} healthLink={seesHealth} />
        {children}
      </main>
      <BottomBar nav={nav} />
      <Overlays pages={pages} searchUsers={searchesUsers} />
      <Toasts />
      <TimeTip />
    </div>
  );
}
