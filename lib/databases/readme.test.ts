import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "@/lib/testing/source-tree";
import { MONITOR_ROLE } from "./elasticsearch/ask";
import { ROLES } from "./mongodb/blind";
import { BLOAT_EXTENSION } from "./postgres/catalogue-sql";
import { MONITOR_RULE } from "./redis/rights";

const inOneLine = (text: string) => text.replace(/\s+/g, " ");

it("the README grants the monitor exactly what the console asks for", () => {
  const readme = inOneLine(readFileSync(path.join(ROOT, "README.md"), "utf8"));
  expect(readme).toContain(MONITOR_RULE);
  expect(readme).toContain(BLOAT_EXTENSION);
  expect(readme).toContain(inOneLine(MONITOR_ROLE));
  for (const { role, db } of Object.values(ROLES)) expect(readme).toContain(`{ role: "${role}", db: "${db}" }`);
});
