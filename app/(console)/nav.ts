import { Activity, Bell, CreditCard, House, Layers, ScrollText, Stamp, Users, Webhook } from "lucide-react";
import type { NavItem } from "@/components/shell/sidebar";
import { can, type Permission } from "@/lib/auth/permissions";

const PAGES: readonly (NavItem & { permission?: Permission })[] = [
  { href: "/", label: "Home", icon: House },
  { href: "/alerts", label: "Alerts", icon: Bell, permission: "alerts.read" },
  { href: "/approvals", label: "Approvals", icon: Stamp, permission: "approvals.read" },
  { href: "/users", label: "Users", icon: Users, group: "Manage", permission: "users.read" },
  {
    href: "/subscriptions",
    label: "Subscriptions",
    icon: CreditCard,
    group: "Manage",
    permission: "subscriptions.read",
  },
  {
    href: "/subscriptions/events",
    label: "Processor events",
    icon: Webhook,
    within: true,
    permission: "subscriptions.read",
  },
  { href: "/plans", label: "Plans", icon: Layers, group: "Manage", permission: "plans.read" },
  { href: "/audit", label: "Audit log", icon: ScrollText, group: "Oversee", permission: "audit.read" },
  { href: "/health", label: "Health", icon: Activity, group: "Databases", permission: "health.read", exact: true },
];

type Counts = { alerts: number; approvals: number };

/** The pages a role may open; it hides links, each page's own read decides. */
export function navFor(permissions: readonly Permission[], { alerts, approvals }: Counts): NavItem[] {
  const counts: Record<string, Partial<NavItem>> = { "/alerts": { alerts }, "/approvals": { count: approvals } };
  return PAGES.filter(({ permission }) => !permission || can(permissions, permission)).map(
    ({ permission: _permission, ...item }) => ({ ...item, ...counts[item.href] }),
  );
}
