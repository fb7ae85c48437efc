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

type Report = { report: EngineReport; memory: Remembered };

type Waiting = {
  samples: readonly Sample[];
  incidents: readonly { engine: Engine; change: IncidentChange }[];
  /** Only the newest of each engine. */
  reports: ReadonlyMap<Engine, Report>;
  /** Whether any of it could not be written at its time. */
  isLate: boolean;
};

const NOTHING: Waiting = { samples: [], incidents: [], reports: new Map(), isLate: false };

/** What the sampler has to know before it goes on: the memory of its predecessor, and what is in maintenance. */
export type Known = { memory: Map<Engine, Remembered>; maintenance: Map<Engine, string> };

export class Archive {
  readonly #system: Pool;
  #waiting = NOTHING;
  #writing: Promise<boolean> | null = null;
  #next: Promise<boolean> | null = null;
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

  /** Adds to what waits and writes all of it. False when PostgreSQL took nothing; one write is under way at a time. */
  keep({ report, memory }: Report, sample: Sample | null, change: IncidentChange | null): Promise<boolean> {
    const { engine } = report;
    this.#waiting = joined(this.#waiting, {
      samples: sample ? [sample] : [],
      incidents: change ? [{ engine, change }] : [],
      reports: new Map([[engine, { report, memory }]]),
      isLate: false,
    });
    if (this.#writing) return (this.#next ??= this.#writing.then(() => this.#start()));
    return this.#start();
  }

  #start(): Promise<boolean> {
    this.#next = null;
    this.#writing = this.#write().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  /** In one transaction. */
  async #write(): Promise<boolean> {
    const batch = this.#waiting;
    this.#waiting = NOTHING;
    try {
      await this.#system.transaction(async (transaction) => {
        await insertSamples(transaction, batch.samples);
        for (const { engine, change } of batch.incidents) await writeIncident(transaction, engine, change);
        for (const each of batch.reports.values()) await writeReport(transaction, each);
      }, "health.keep");
    } catch {
      this.#waiting = joined({ ...batch, isLate: true }, this.#waiting);
      return false;
    }
    if (batch.isLate) this.#lateFrom ??= batch.samples[0]?.at ?? null;
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

function joined(first: Waiting, then: Waiting): Waiting {
  return {
    samples: [...first.samples, ...then.samples].slice(-MOST_WAITING),
    incidents: [...first.incidents, ...then.incidents],
    reports: new Map([...first.reports, ...then.reports]),
    isLate: first.isLate || then.isLate,
  };
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

async function writeReport(transaction: Transaction, { report, memory }: Report): Promise<void> {
  await transaction.query(
    `insert into system.engine_reports (engine, at, report, memory)
     values ($1, $2::text::timestamptz, $3::text::jsonb, $4::text::jsonb)
     on conflict (engine) do update set at = excluded.at, report = excluded.report, memory = excluded.memory`,
    [report.engine, report.at, JSON.stringify(report), JSON.stringify(memory)],
  );
}
