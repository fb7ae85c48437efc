// The server's plan as lines: one per node, the conditions beside it.
import "server-only";
import type { PlanNode } from "./schema";

const CONDITIONS = ["Index Cond", "Hash Cond", "Merge Cond", "Join Filter", "Filter", "Recheck Cond", "Sort Key"];

export function planNodes(answer: unknown): PlanNode[] {
  const [first] = Array.isArray(answer) ? answer : [];
  return walk(property(first, "Plan"), 0);
}

function walk(node: unknown, depth: number): PlanNode[] {
  if (typeof node !== "object" || node === null) return [];
  const text = (key: string) => {
    const value = property(node, key);
    return Array.isArray(value) ? value.join(", ") : typeof value === "string" ? value : null;
  };
  const number = (key: string) => Number(property(node, key) ?? 0);
  const conditions = CONDITIONS.flatMap((key) => (text(key) === null ? [] : [`${key}: ${text(key) ?? ""}`]));
  const inner = property(node, "Plans");
  return [
    {
      depth,
      text: [
        text("Node Type"),
        text("Index Name") && `using ${text("Index Name") ?? ""}`,
        text("Relation Name") && `on ${text("Relation Name") ?? ""}`,
      ]
        .filter(Boolean)
        .join(" "),
      cost: number("Total Cost"),
      rows: number("Plan Rows"),
      filter: conditions.length > 0 ? conditions.join(" · ") : null,
    },
    ...(Array.isArray(inner) ? inner : []).flatMap((child: unknown) => walk(child, depth + 1)),
  ];
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
