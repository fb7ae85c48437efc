// What the sampler leaves in PostgreSQL. While PostgreSQL is away it is kept here, up to a bound, and written later.
import "server-only";
import type { Pool } from "@/lib/databases/postgres/pool";
import type { Transaction } from "@/lib/databases/postgres/transaction";
import type { Engine, EngineReport, Values } from "@/lib/databases/schema";
import type { Verdict } from "@/lib/databases/verdict";
import type { IncidentChange, OpenIncident } from "./incident";

export type Sample = { store: Engine; instance: string; at: string; v: Values };
export type Remembered = { verdict: Verdict; incident: OpenIncident | null };

/** An hour of four engines. */
const MOST_WAITING = 1_440;

type Waiting = { samples: Sample[]; incidents: { engine: Engine; change: IncidentChange }[] };

/** What the sampler has to know before it goes on: the memory of its predecessor, and what is in maintenance. */
export type Known = { memory: Map<Engine, Remembered>; maintenance: Map<Engine, string> };

export class Archive {
  readonly #system: Pool;
  #waiting: Waiting = { samples: [], incidents: [] };
  /** Where the next roll-up has to begin, as samples came late; ISO. */
  #lateFrom: string | null = null;

  constructor(system: Pool) {
    this.#system = system;
  }

  get lateFrom(): string | null {
    return this.#lateFrom;
  }

  rolledUp(): void {
    this.#lateFrom = null;
  }

  /** Adds to what waits and writes all of it in one transaction. False when PostgreSQL took nothing. */
  async keep(
    samples: readonly Sample[],
    incidents: Waiting["incidents"],
    reports: readonly { report: EngineReport; memory: Remembered }[],
  ): Promise<boolean> {
    const wasWaiting = this.#waiting.samples.length;
    this.#waiting.samples.push(...samples);
    this.#waiting.samples.splice(0, Math.max(0, this.#waiting.samples.length - MOST_WAITING));
    this.#waiting.incidents.push(...incidents);
    const { samples: rows, incidents: changes } = this.#waiting;
    try {
      await this.#system.transaction(async (transaction) => {
        await insertSamples(transaction, rows);
        for (const { engine, change } of changes) await writeIncident(transaction, engine, change);
        for (const each of reports) await writeReport(transaction, each);
      }, "health.keep");
    } catch {
      return false;
    }
    if (wasWaiting > 0) this.#lateFrom ??= rows[0]?.at ?? null;
    this.#waiting = { samples: [], incidents: [] };
    return true;
  }

  /** Throws when PostgreSQL cannot answer. */
  async memory(): Promise<Known["memory"]> {
    const rows = await this.#system.query<{ engine: Engine; memory: Remembered }>(
      "select engine, memory from system.engine_reports",
    );
    return new Map(rows.map(({ engine, memory }) => [engine, memory]));
  }

  /** Throws when PostgreSQL cannot answer. */
  async maintenance(): Promise<Known["maintenance"]> {
    const rows = await this.#system.query<{ engine: Engine; reason: string }>(
      `select distinct on (engine) engine, reason from system.maintenance_windows
       where starts_at <= now() and ends_at > now() order by engine, ends_at desc`,
    );
    return new Map(rows.map(({ engine, reason }) => [engine, reason]));
  }
}

async function insertSamples(transaction: Transaction, samples: readonly Sample[]): Promise<void> {
  if (samples.length === 0) return;
  await transaction.query(
    `insert into system.metric_samples (store, instance, step, at, v)
     select r.store, r.instance, 0, r.at, r.v
     from jsonb_to_recordset($1::text::jsonb) as r (store text, instance text, at timestamptz, v jsonb)
     on conflict do nothing`,
    [JSON.stringify(samples)],
  );
}

async function writeIncident(transaction: Transaction, engine: Engine, change: IncidentChange): Promise<void> {
  if (change.kind === "end") {
    await transaction.query(
      "update system.incidents set ended_at = greatest($2::text::timestamptz, started_at) where id = $1::uuid",
      [change.id, change.at],
    );
    return;
  }
  const { id, status, reasons } = change.incident;
  if (change.kind === "worse") {
    await transaction.query("update system.incidents set status = $2, reasons = $3::text::jsonb where id = $1::uuid", [
      id,
      status,
      JSON.stringify(reasons),
    ]);
    return;
  }
  // One that a predecessor left open ends where the new one begins.
  await transaction.query(
    `update system.incidents set ended_at = greatest($2::text::timestamptz, started_at)
     where engine = $1 and ended_at is null`,
    [engine, change.at],
  );
  await transaction.query(
    `insert into system.incidents (id, engine, status, reasons, started_at)
     values ($1::uuid, $2, $3, $4::text::jsonb, $5::text::timestamptz) on conflict do nothing`,
    [id, engine, status, JSON.stringify(reasons), change.at],
  );
}

async function writeReport(
  transaction: Transaction,
  { report, memory }: { report: EngineReport; memory: Remembered },
): Promise<void> {
  await transaction.query(
    `insert into system.engine_reports (engine, at, report, memory)
     values ($1, $2::text::timestamptz, $3::text::jsonb, $4::text::jsonb)
     on conflict (engine) do update set at = excluded.at, report = excluded.report, memory = excluded.memory`,
    [report.engine, report.at, JSON.stringify(report), JSON.stringify(memory)],
  );
}
