import { Activity, Bell, House, ScrollText, Users } from "lucide-react";
import type { NavItem } from "@/components/shell/sidebar";
import { can, type Permission } from "@/lib/auth/permissions";

const PAGES: readonly (NavItem & { permission?: Permission })[] = [
  { href: "/", label: "Home", icon: House },
  { href: "/alerts", label: "Alerts", icon: Bell, permission: "alerts.read" },
  { href: "/users", label: "Users", icon: Users, group: "Manage", permission: "users.read" },
  { href: "/audit", label: "Audit log", icon: ScrollText, group: "Oversee", permission: "audit.read" },
  { href: "/health", label: "Health", icon: Activity, group: "Databases", permission: "health.read", exact: true },
];

/** The pages a role may open; it hides links, each page's own read decides. */
export function navFor(permissions: readonly Permission[], openAlerts: number): NavItem[] {
  return PAGES.filter(({ permission }) => !permission || can(permissions, permission)).map(
    ({ permission: _permission, ...item }) => (item.href === "/alerts" ? { ...item, alerts: openAlerts } : item),
  );
}
