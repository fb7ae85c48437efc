import "server-only";
import { API } from "./api-table";

/** Every page and every address that is not in the table of the API, as its folder is called; a test compares. */
export const ROUTES: readonly string[] = [
  "/",
  "/alerts",
  "/approvals",
  "/approvals/[id]",
  "/audit",
  "/audit/[id]",
  "/health",
  "/health/elasticsearch",
  "/health/mongodb",
  "/health/postgres",
  "/health/redis",
  "/plans",
  "/sign-in",
  "/subscriptions",
  "/subscriptions/[id]",
  "/subscriptions/events",
  "/users",
  "/users/[id]",
  "/api/auth/[...nextauth]",
  "/api/events",
  "/api/health",
  "/api/health/live",
  "/api/health/ready",
  "/api/metrics",
  "/api/v1/openapi.json",
  "/api/processor-events",
];

type Step = { route: string | null; next: Map<string, Step> };

const empty = (): Step => ({ route: null, next: new Map() });

let tree: Step | undefined;

/** The pattern an address belongs to: `/users/[id]`. Whatever is not ours is "other", so that labels stay few. */
export function routeOf(address: string): string {
  const path = address.split(/[?#]/, 1)[0] ?? "";
  if (path.startsWith("/_next/")) return "/_next";
  tree ??= grow([...ROUTES, ...API.map((entry) => entry.path.replaceAll("{", "[").replaceAll("}", "]"))]);
  let step: Step | undefined = tree;
  for (const part of path.split("/").filter(Boolean)) {
    const rest: Step | undefined = step.next.get("...");
    if (rest) return rest.route ?? "other";
    step = step.next.get(part) ?? step.next.get("*");
    if (!step) return "other";
  }
  return step.route ?? "other";
}

function grow(routes: readonly string[]): Step {
  const root = empty();
  for (const route of routes) {
    let step = root;
    for (const part of route.split("/").filter(Boolean)) {
      const name = part.startsWith("[...") ? "..." : part.startsWith("[") ? "*" : part;
      const next = step.next.get(name) ?? empty();
      step.next.set(name, next);
      step = next;
    }
    step.route = route;
  }
  return root;
}
