// `npm run audit:verify`: checks every event. Exit 0: verified, 1: broken, 2: could not be checked.
import { auditSource } from "@/lib/core/audit-source";
import { sayBroken, verifyAudit } from "@/lib/core/audit-verify";
import { deriveKeys } from "@/lib/core/keys";
import { Pool } from "@/lib/databases/postgres/pool";
import { env, requireEnv } from "@/lib/env";

const STATEMENT_LIMIT = { statement_timeout: "60000", default_transaction_read_only: "on" };

async function main(): Promise<number> {
  const publicKey = requireEnv("QUADRANT_CHECKPOINT_PUBLIC_KEY");
  const pool = new Pool({ name: "audit-verify", url: env().AUDIT_DATABASE_URL, max: 1, settings: STATEMENT_LIMIT });
  try {
    const source = auditSource((work) => pool.read(work));
    const found = await verifyAudit(source, deriveKeys(env().QUADRANT_SECRET), publicKey);
    const { checkpoint, events, duration_ms: durationMs, broken } = found;
    const rate = Math.round(events / Math.max(durationMs / 1000, 0.001));
    say(`${events} events read in ${(durationMs / 1000).toFixed(1)} s (${rate} a second)`);
    say(checkpoint ? `newest checkpoint: #${checkpoint.n}, ${checkpoint.age_seconds} s old` : "no checkpoint yet");
    say(broken ? `BROKEN ${sayBroken(broken)}` : `verified to #${found.upto_n}`);
    return broken ? 1 : 0;
  } finally {
    await pool.close();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  process.exitCode = await main();
} catch (error) {
  say(`could not be checked: ${error instanceof Error ? error.message : "unknown failure"}`);
  process.exitCode = 2;
}
