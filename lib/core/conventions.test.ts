import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type Import, ROOT, importsOf, read, trackedFiles } from "@/lib/testing/source-tree";

const files = trackedFiles();
const isTest = (file: string) => /\.test(-d)?\.tsx?$|^e2e\/|^lib\/testing\//.test(file);
const sources = files.filter((file) => /\.(tsx?|mjs)$/.test(file) && !file.endsWith(".d.ts")).map(read);
const modules = sources.filter(({ file }) => /\.tsx?$/.test(file) && !isTest(file));
const imports = modules.flatMap(importsOf);

const PARTS = new Set(["core", "auth", "databases", "next", "worker", "testing"]);
const nouns = readdirSync(path.join(ROOT, "lib"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !PARTS.has(entry.name))
  .map(({ name }) => name);

const noun = `lib/(${nouns.join("|")})`;
const DRIVERS = /^npm:(postgres|mongoose|mongodb|ioredis|@elastic\/elasticsearch|drizzle-orm\/postgres-js)(\/|$)/;
const SQL = /^npm:drizzle-orm$|^npm:drizzle-orm\/pg-core$/;
const NEXT = /^npm:next(\/|$)/;
/** Safe for a browser: types, tables of words and schemas. */
const SAFE = new RegExp(
  `^lib/auth/permissions$|^lib/core/(errors|schema)$|^lib/databases/schema$|^${noun}(/[a-z]+)?/(schema|client)$`,
);

/** Who may import what of our own; a part may always import itself. */
const MAY: [from: RegExp, to: RegExp][] = [
  [/^app\//, new RegExp(`^(app|components)/|^lib/(next|auth)/|^${noun}/|${SAFE.source}`)],
  [/^components\//, new RegExp(`^components/|${SAFE.source}`)],
  [/^lib\/core\//, /^lib\/databases\/|^lib\/auth\/permissions$|^lib\/env$|^drizzle\/schema\//],
  [/^lib\/auth\//, /^lib\/(core|databases)\/|^lib\/env$|^drizzle\/schema\//],
  [/^lib\/databases\//, /^lib\/env$/],
  [
    /^lib\/next\//,
    new RegExp(`^lib/(core|auth)/|^lib/(registry|env)$|^package.json$|^lib/health/overall$|${SAFE.source}`),
  ],
  [/^lib\/worker\//, new RegExp(`^lib/(core|databases)/|^lib/(registry|env)$|^${noun}/|^drizzle/|^package.json$`)],
  [/^lib\/registry\.ts$/, new RegExp(`^${noun}(/[a-z]+)?/(queries|commands)$|^lib/core/operation$`)],
  [/^lib\/env\.ts$/, /^$/],
  [new RegExp(`^${noun}/`), nounMay()],
  [/^drizzle\//, new RegExp(`^lib/(core|auth|databases)/|^lib/(env|registry)$|^${noun}/`)],
  [/^stack\//, /^$/],
  [/^(proxy|instrumentation(\.node)?)\.ts$/, /^instrumentation\.node$|^lib\/(next|auth|core)\//],
];

/** Another noun's queries and schema, never its commands. */
function nounMay(): RegExp {
  return new RegExp(
    `^lib/(core|databases)/|^lib/auth/permissions$|^lib/env$|^drizzle/schema/|^${noun}(/[a-z]+)?/(queries|schema)$`,
  );
}

function partOf(file: string): string {
  return file.startsWith("lib/") ? file.split("/").slice(0, 2).join("/") : (file.split("/")[0] ?? file);
}

function isAllowed({ from, to, isType }: Import): boolean {
  const isServerPart = /^(lib|drizzle)\//.test(from);
  if (DRIVERS.test(to)) return /^(lib\/(databases|worker)|drizzle)\//.test(from) || (isType && from.startsWith("lib/"));
  if (SQL.test(to)) return isServerPart;
  if (NEXT.test(to)) return /^(app|components)\/|^lib\/next\/|^[^/]+$/.test(from);
  if (to.startsWith("npm:")) return true;
  if (isType && !/^(lib\/databases\/|drizzle\/)/.test(to)) return true;
  if (partOf(to) === partOf(from)) return true;
  return MAY.some(([part, allowed]) => part.test(from) && allowed.test(to));
}

const arrow = ({ from, to }: Import) => `${from} → ${to.replace(/^npm:/, "")}`;

describe("imports", () => {
  test("every module was read", () => {
    expect([modules.length > 150, imports.length > 500]).toEqual([true, true]);
  });

  test("go only where the architecture lets them", () => {
    expect(imports.filter((one) => !isAllowed(one)).map(arrow)).toEqual([]);
  });

  test("of the registry and of commands stay with those who run them", () => {
    const users = (target: RegExp, allowed: RegExp) =>
      imports
        .filter(({ to, isType }) => target.test(to) && !isType)
        .filter(({ from }) => !allowed.test(from))
        .map(arrow);
    expect(users(/^lib\/registry$/, /^app\/api\/|^lib\/(next|worker)\/|^drizzle\/seed\//)).toEqual([]);
    expect(
      users(new RegExp(`^${noun}(/[a-z]+)?/commands$`), /^app\/|^lib\/registry\.ts$|^lib\/worker\/|^drizzle\/seed\//),
    ).toEqual([]);
  });

  test.each([
    ["app/page.tsx", "postgres"],
    ["app/page.tsx", "@/lib/databases/postgres/pool"],
    ["app/page.tsx", "@/drizzle/schema/users"],
    ["components/x.tsx", "../lib/users/queries"],
    ["lib/core/x.ts", "@/lib/users/schema"],
    ["lib/core/x.ts", "next/headers"],
    ["lib/users/x.ts", "@/lib/sessions/commands"],
    ["lib/databases/x.ts", "@/lib/core/errors"],
  ])("a wrong one is found: %s → %s", (file, target) => {
    const statements = [`import { x } from "${target}";`, `const x = await import("${target}");`];
    const found = statements.flatMap((text) => importsOf({ file, text, lines: 1 }));
    expect(found.map(isAllowed)).toEqual([false, false]);
  });
});

describe("sizes", () => {
  const byLines = (list: { lines: number }[]) => list.map(({ lines }) => lines).sort((a, b) => a - b);
  const share = (list: number[], part: number) => list[Math.floor(list.length * part)] ?? 0;
  const components = modules.filter(({ file }) => file.endsWith(".tsx"));
  const clients = components.filter(({ text }) => text.startsWith('"use client"'));

  test("a module is short: half under 60 lines, nine of ten under 150, none over 250", () => {
    const lines = byLines(sources.filter(({ file }) => !isTest(file)));
    expect(share(lines, 0.5)).toBeLessThan(60);
    expect(share(lines, 0.9)).toBeLessThan(150);
    expect(sources.filter(({ file, lines: n }) => n > (isTest(file) ? 300 : 250)).map(({ file }) => file)).toEqual([]);
  });

  test("little runs in the browser: a third of the components, at most 120 lines each, ten effects in all", () => {
    expect(clients.length / components.length).toBeLessThanOrEqual(0.35);
    expect(clients.filter(({ lines }) => lines > 120).map(({ file }) => file)).toEqual([]);
    const effects = modules.flatMap(({ text }) => text.match(/\buseEffect\(/g) ?? []);
    expect(effects.length).toBeLessThanOrEqual(10);
  });

  test("a route file only names its operations", () => {
    const routes = modules.filter(({ file }) => /^app\/.*\/route\.ts$/.test(file));
    expect(routes.length).toBeGreaterThan(5);
    expect(routes.filter(({ lines }) => lines > 15).map(({ file }) => file)).toEqual([]);
  });
});

describe("files", () => {
  test("of lib stay on the server unless their name says otherwise", () => {
    const mayTravel = new RegExp(
      `/(schema|permissions|errors)\\.ts$|^${noun}(/[a-z]+)?/client\\.ts$|/([a-z]+-)?main\\.ts$`,
    );
    const open = modules.filter(({ file, text }) => /^lib\//.test(file) && !text.includes('import "server-only";'));
    expect(open.map(({ file }) => file).filter((file) => !mayTravel.test(file))).toEqual([]);
  });

  test("with server actions are called actions.ts, and act only through the runner", () => {
    const actions = modules.filter(({ text }) => /^\s*["']use server["']/m.test(text));
    expect(actions.map(({ file }) => path.basename(file)).filter((name) => name !== "actions.ts")).toEqual([]);
  });

  test.each(nouns)("of %s come with a noun, a test and a story in the browser", (name) => {
    const has = (pattern: RegExp) => files.some((file) => pattern.test(file));
    expect(has(new RegExp(`^lib/${name}/noun\\.ts$`))).toBe(true);
    expect(has(new RegExp(`^lib/${name}/.*\\.test\\.ts$`))).toBe(true);
    expect(has(new RegExp(`^e2e/${name}\\.spec\\.ts$`))).toBe(true);
  });

  test("say nothing of the place they were written in, and leave nothing for later", () => {
    const unwanted = /(^|[\s"'`(=])\/(work|root)\/|\/tmp\/[a-z]\b|\b(TODO|FIXME|XXX)\b|coming soon|lorem ipsum/i;
    const hosts = /registry\.npmjs|npm\.pkg\.|pypi\.|artifactory|nexus\.|verdaccio|proxy\.golang/i;
    const texts = files.filter((file) => /\.(tsx?|mjs|js|json|md|sql|css|svg|yml)$|^\.[a-z]+/.test(file)).map(read);
    const own = "lib/core/conventions.test.ts";
    const guilty = texts.filter(({ file, text }) => file !== own && (unwanted.test(text) || hosts.test(text)));
    expect(guilty.map(({ file }) => file)).toEqual([]);
  });
});
