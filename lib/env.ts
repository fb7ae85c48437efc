// The only reader of process.env: every setting is checked once, by name, when it is first needed.
import "server-only";
import { z } from "zod";

const url = (...schemes: string[]) =>
  z.string().refine((value) => schemes.some((scheme) => value.startsWith(`${scheme}://`)) && URL.canParse(value), {
    error: `is not a ${schemes[0]}:// address`,
  });

const postgresUrl = url("postgres", "postgresql");

const settings = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  DATABASE_URL: postgresUrl,
  SYSTEM_DATABASE_URL: postgresUrl,
  AUDIT_DATABASE_URL: postgresUrl,
  MONITOR_DATABASE_URL: postgresUrl,
  OPERATOR_DATABASE_URL: postgresUrl.optional(),
  MIGRATION_DATABASE_URL: postgresUrl.optional(),
  ADMIN_DATABASE_URL: postgresUrl.optional(),
  MONGODB_URI: url("mongodb", "mongodb+srv"),
  REDIS_URL: url("redis", "rediss").optional(),
  ELASTICSEARCH_URL: url("http", "https").optional(),
  MONGODB_MONITOR_URI: url("mongodb", "mongodb+srv").optional(),
  REDIS_MONITOR_URL: url("redis", "rediss").optional(),
  ELASTICSEARCH_MONITOR_URL: url("http", "https").optional(),
  QUADRANT_METRICS_TOKEN: z.string().min(16, "is shorter than 16 characters").optional(),
  QUADRANT_SMTP_URL: url("smtp", "smtps").optional(),
  QUADRANT_MAIL_FROM: z.email("is not an address").optional(),
  QUADRANT_SECRET: z.string().min(32, "is shorter than 32 characters"),
  QUADRANT_CHECKPOINT_KEY: z.string().optional(),
  QUADRANT_CHECKPOINT_PUBLIC_KEY: z.string().optional(),
  /** Smallest units of the currency; more given away at once needs a second person. */
  QUADRANT_APPROVAL_ABOVE_MINOR: z.coerce.number().int().min(0).default(10_000),
  QUADRANT_PROCESSOR_SECRET: z.string().min(32, "is shorter than 32 characters").optional(),
  QUADRANT_URL: url("http", "https").optional(),
  QUADRANT_CLIENT_IP_HEADER: z
    .string()
    .regex(/^[a-zA-Z0-9-]{1,60}$/, "is not a header name")
    .optional(),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  QUADRANT_ADMIN_EMAIL: z.string().optional(),
  QUADRANT_ADMIN_PASSWORD: z.string().optional(),
  QUADRANT_STACK: z.enum(["local"]).optional(),
  QUADRANT_NAMESPACE: z
    .string()
    .regex(/^[a-z0-9-]{0,40}$/, "may hold lower-case letters, digits and hyphens only")
    .default(""),
  QUADRANT_LOG: z.enum(["debug", "info", "warn", "silent"]).default("info"),
});

export type Env = z.output<typeof settings>;

/** What the local stack may lack or replace, and a production start must be given. */
const REQUIRED_IN_PRODUCTION = [
  "REDIS_URL",
  "ELASTICSEARCH_URL",
  "QUADRANT_URL",
  "QUADRANT_CHECKPOINT_PUBLIC_KEY",
] as const;

/** Checks a set of variables. Throws one Error that names every missing or unusable one, never its value. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = settings.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, given));
  if (given.QUADRANT_STACK !== "local") {
    faults.push(...REQUIRED_IN_PRODUCTION.filter((name) => !(name in given)).map((name) => `${name} is missing`));
  }
  if (!parsed.success || faults.length > 0) {
    throw new Error(`Quadrant cannot start: ${[...new Set(faults)].join("; ")}.`);
  }
  return parsed.data;
}

function describe(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0]);
  return name in given ? `${name} ${issue.message.replace(/^Invalid/, "is an invalid")}` : `${name} is missing`;
}

let current: Env | undefined;

/** The settings of this process, checked on the first call. */
export function env(): Env {
  current ??= parseEnv(process.env);
  return current;
}

/** A setting that only some processes need (the checkpoint key, the migrator's address); throws with its name. */
export function requireEnv<K extends keyof Env>(name: K): NonNullable<Env[K]> {
  const value = env()[name];
  if (value === undefined) {
    throw new Error(`Quadrant cannot start: ${name} is missing.`);
  }
  return value;
}
