import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { metrics, watchProcess } from "@/lib/core/metrics";
import { ENGINES } from "@/lib/databases/schema";
import { CATALOGUE } from "@/lib/databases/signals";
import { ROOT } from "@/lib/testing/source-tree";

const Target = z.object({ refId: z.string(), expr: z.string() });
const Panel = z.object({
  id: z.number(),
  type: z.enum(["row", "timeseries", "stat"]),
  title: z.string().min(1),
  gridPos: z.object({ h: z.number(), w: z.number().max(24), x: z.number(), y: z.number() }),
  datasource: z.object({ type: z.literal("prometheus"), uid: z.literal("${datasource}") }).optional(),
  targets: z.array(Target).default([]),
});
const Dashboard = z.object({
  uid: z.string(),
  title: z.string(),
  schemaVersion: z.number().min(39),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
  panels: z.array(Panel).min(20),
});

const text = readFileSync(path.join(ROOT, "public/grafana-dashboard.json"), "utf8");
const dashboard = Dashboard.parse(JSON.parse(text));
const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
watchProcess();

/** Prometheus adds the process it scraped; `le` is the bucket of a histogram. */
const ADDED = new Set(["instance", "job", "le"]);
const VOCABULARY = /\b(rate|sum|min|max|by|histogram_quantile|__rate_interval)\b/g;
const SELECTOR = /\b([a-z][a-z0-9_]*)\{([^}]*)\}/g;
const MATCHER = /([a-z_]+)(?:=~|!=|=)"([^"]*)"/g;

function labelsOf(name: string): string[] | undefined {
  const { registry } = metrics();
  const found = registry.getSingleMetric(name) ?? registry.getSingleMetric(name.replace(/_(bucket|sum|count)$/, ""));
  return found && z.object({ labelNames: z.array(z.string()) }).parse(found).labelNames;
}

describe("the Grafana dashboard", () => {
  it("takes its source from a variable, and every panel has a place of its own", () => {
    const variables = dashboard.templating.list.map(({ name, type }) => `${name}: ${type}`);
    expect(variables).toEqual(["datasource: datasource", "instance: query"]);
    const drawn = dashboard.panels.filter(({ type }) => type !== "row");
    expect(drawn.filter(({ datasource, targets }) => !datasource || targets.length === 0)).toEqual([]);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    const cells = dashboard.panels.flatMap(({ gridPos: { h, w, x, y } }) =>
      Array.from({ length: h * w }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });

  it("has a row for the console and one per engine", () => {
    const rows = dashboard.panels.filter(({ type }) => type === "row").map(({ title }) => title);
    expect(rows).toEqual(["Overview", "Console", "PostgreSQL", "MongoDB", "Redis", "Elasticsearch"]);
  });

  it.each(expressions)("asks only for what is there: %s", (expression) => {
    const selectors = [...expression.matchAll(SELECTOR)];
    const grouped = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = ""]) => list.split(/, */));
    const rest = expression
      .replace(SELECTOR, "")
      .replace(/\bby \([^)]*\)/g, "")
      .replace(VOCABULARY, "");
    expect(rest).not.toMatch(/[a-z]/);
    expect(selectors.length).toBeGreaterThan(0);
    for (const [, name = "", list = ""] of selectors) {
      const known = labelsOf(name);
      expect(known, name).toBeDefined();
      const matchers = [...list.matchAll(MATCHER)].map(([, label = "", value = ""]) => ({ label, value }));
      const used = [...matchers.map(({ label }) => label), ...grouped];
      expect(used.filter((label) => !ADDED.has(label) && !known?.includes(label))).toEqual([]);
      const of = (label: string) => matchers.find((one) => one.label === label)?.value.split("|") ?? [];
      for (const engine of of("database")) {
        expect(ENGINES).toContain(engine);
        const ids = CATALOGUE[ENGINES.find((one) => one === engine) ?? "postgres"].map(({ id }) => id);
        expect(of("signal").filter((signal) => !ids.includes(signal))).toEqual([]);
      }
    }
  });
});
