// Makes the next numbered, empty migration of a store: npm run db:generate -- --store=postgres --name=add_teams
import { readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runAsScript, say } from "./script";

const TEMPLATES: Record<string, (name: string) => Record<string, string>> = {
  postgres: (name) => ({
    [`${name}.up.sql`]: `-- What ${name} adds and why.\n`,
    [`${name}.down.sql`]: `-- Takes ${name} back.\n`,
  }),
  mongodb: (name) => ({ [`${name}.ts`]: typescript(name, "mongoose", "db: mongoose.mongo.Db") }),
  elasticsearch: (name) => ({
    [`${name}.ts`]: typescript(name, "{ Client }", "client: Client, namespace: string"),
  }),
};

function typescript(name: string, imported: string, parameters: string): string {
  const from = imported === "mongoose" ? "mongoose" : "@elastic/elasticsearch";
  return [
    `import type ${imported} from "${from}";`,
    "",
    `export const name = "${name}";`,
    "",
    `export async function up(${parameters}): Promise<void> {}`,
    "",
    `export async function down(${parameters}): Promise<void> {}`,
    "",
  ].join("\n");
}

await runAsScript(import.meta.url, async () => {
  const { values } = parseArgs({ options: { store: { type: "string" }, name: { type: "string" } } });
  const template = TEMPLATES[values.store ?? ""];
  if (!template || !values.name || !/^[a-z0-9]+([_-][a-z0-9]+)*$/.test(values.name)) {
    throw new Error("Usage: npm run db:generate -- --store=postgres|mongodb|elasticsearch --name=what_it_adds");
  }
  const folder = fileURLToPath(new URL(`./migrations/${values.store}/`, import.meta.url));
  const numbers = (await readdir(folder)).map((file) => Number.parseInt(file, 10)).filter(Number.isInteger);
  const number = String(Math.max(0, ...numbers) + 1).padStart(4, "0");
  const separator = values.store === "postgres" ? "_" : "-";
  for (const [file, content] of Object.entries(template(`${number}${separator}${values.name}`))) {
    await writeFile(`${folder}${file}`, content, { flag: "wx" });
    say(`drizzle/migrations/${values.store}/${file}`);
  }
  if (values.store !== "postgres") say(`Add it to MIGRATIONS in drizzle/stores/${values.store}.ts.`);
});
