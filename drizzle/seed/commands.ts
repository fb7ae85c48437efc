// The demo platform's recent past: real commands by its staff, so that the audit holds only what happened.
import { ROLE_DEFAULTS } from "@/lib/auth/permissions";
import type { Context } from "@/lib/core/operation";
import { AppError } from "@/lib/core/errors";
import { execute } from "@/lib/core/run";
import { closeStores, openStores, type Stores } from "@/lib/core/stores";
import { env } from "@/lib/env";
import { operations } from "@/lib/registry";
import { editUser, reactivateUser, signOutUser, suspendUser } from "@/lib/users/commands";
import type { Platform } from "./people";
import { type Person, SUSPENSION_REASONS } from "./person";
import { type Random, seededRandom } from "./random";
import type { Staff } from "./staff";

const SUSPENSIONS = 80;
const REACTIVATIONS = 30;
const EDITS = 60;
const SIGN_OUTS = 30;

const REACTIVATION_REASONS = [
  "Identity confirmed by telephone",
  "Appeal accepted",
  "Invoices paid, no open claims",
  "Mistaken for another member",
];
const DAY_MS = 86_400_000;

/** Runs up to 200 commands, fewer on a small platform; answers how many. */
export async function runCommands(seed: number, platform: Platform): Promise<number> {
  const random = seededRandom(seed, -1);
  const targets = shuffled(
    random,
    platform.people.filter(({ row }) => row.status === "active" && !row.deleted_at),
  );
  const stores = openStores(operations, { ...env(), QUADRANT_LOG: "warn" });
  try {
    let done = 0;
    const share = Math.min(1, targets.length / (SUSPENSIONS + EDITS + SIGN_OUTS));
    const take = (count: number) => targets.splice(0, Math.floor(count * share));
    const actors = (role: Staff["role"]) => platform.staff.filter((staff) => staff.role === role);
    const next = (staff: readonly Staff[]) => contextOf(random.pick(staff), (done += 1));

    for (const [index, person] of take(SUSPENSIONS).entries()) {
      await unlessDone(async () => {
        const version = await suspend(stores, random, next(actors("admin")), person);
        if (index >= REACTIVATIONS * share) return;
        const reason = random.pick(REACTIVATION_REASONS);
        await execute(reactivateUser, { id: person.row.id, version, reason }, next(actors("admin")), stores);
      });
    }
    for (const person of take(EDITS)) {
      await unlessDone(() => edit(stores, random, next(actors("admin")), person, platform.people));
    }
    for (const { row } of take(SIGN_OUTS)) {
      const target = { id: row.id, version: row.version, reason: "Asked by telephone: device lost" };
      await unlessDone(() => execute(signOutUser, target, next(actors("support")), stores));
    }
    return done;
  } finally {
    await closeStores(stores);
  }
}

/** A run that was cut off is repeated from the start: whom it reached already has moved on. */
async function unlessDone(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError && error.code === "stale")) throw error;
  }
}

async function suspend(stores: Stores, random: Random, ctx: Context, { row }: Person): Promise<number> {
  const end = new Date(Date.now() + random.between(7, 90) * DAY_MS);
  const saved = await execute(
    suspendUser,
    {
      id: row.id,
      version: row.version,
      reason: random.pick(SUSPENSION_REASONS),
      ...(random.chance(0.5) ? { until: end.toISOString() } : {}),
    },
    ctx,
    stores,
  );
  return saved.version;
}

/** People move, or take another's name. */
async function edit(
  stores: Stores,
  random: Random,
  ctx: Context,
  { row, given, family }: Person,
  people: readonly Person[],
): Promise<void> {
  const other = random.pick(
    people.filter((person) => person.row.time_zone !== row.time_zone && person.family !== family),
  );
  const { country, time_zone } = other.row;
  const edits = random.chance(0.5) ? { display_name: `${given} ${other.family}` } : { country, time_zone };
  await execute(editUser, { id: row.id, version: row.version, ...edits }, ctx, stores);
}

function contextOf({ row, role }: Staff, number: number): Context {
  return {
    requestId: `seed-${number}`,
    actor: { kind: "job", id: row.id, session: null, epoch: row.epoch, permissions: new Set(ROLE_DEFAULTS[role]) },
    origin: "import",
  };
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
