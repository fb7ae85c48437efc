// What npm start does before the pages: one process for both, because most of its time is loading the drivers.
import { bootstrap } from "./bootstrap";
import { migrateAll } from "./migrate";
import { runAsScript } from "./script";

async function prepare(): Promise<void> {
  await migrateAll();
  await bootstrap();
}

await runAsScript(import.meta.url, prepare);
