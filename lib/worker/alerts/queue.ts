// The queue of messages: claimed by lease, each try written down.
import "server-only";
import type { ChannelKind, DeliveryEvent } from "@/lib/alerts/delivery/schema";
import type { Pool } from "@/lib/databases/postgres/pool";
import type { Answer } from "./webhook";

/** Longer than the slowest send: a worker that dies keeps its messages this long. */
const LEASE_SECONDS = 30;

type Asks = Pick<Pool, "query">;

export type Due = {
  id: string;
  event: DeliveryEvent;
  body: Record<string, unknown>;
  attempts: number;
  give_up_after: number;
  channel_id: string;
  kind: ChannelKind;
  address: string;
  secret: Buffer | null;
  /** False when it was switched off or deleted meanwhile. */
  channel_on: boolean;
};

/** What is due and nobody else has; of one alert and channel only the oldest, so that "resolved" never overtakes. */
export async function claimDue(on: Asks, worker: string, limit: number): Promise<Due[]> {
  return on.query<Due>(
    `with due as (
       select d.id from system.alert_deliveries d
       where d.state = 'waiting' and d.next_at <= now() and (d.lease_until is null or d.lease_until < now())
         and not exists (
           select from system.alert_deliveries e
           where e.alert_id = d.alert_id and e.channel_id = d.channel_id and e.state = 'waiting'
             and (e.created_at, e.id) < (d.created_at, d.id)
         )
       order by d.next_at limit $2::integer for update skip locked
     ), taken as (
       update system.alert_deliveries d
       set lease_until = now() + make_interval(secs => ${LEASE_SECONDS}), lease_by = $1, attempts = d.attempts + 1
       from due where d.id = due.id
       returning d.*
     )
     select t.id, t.event, t.body, t.attempts, t.give_up_after, c.id as channel_id, c.kind, c.address, c.secret,
       (c.enabled or t.event = 'test') and c.deleted_at is null as channel_on
     from taken t join system.alert_channels c on c.id = t.channel_id`,
    [worker, limit],
  );
}

export type Try = Answer & { ms: number; at: Date };

/**
 * Writes a try down with what follows from it. A lease that ran out and was taken by another worker leaves only the
 * attempt: the message may have arrived twice, which its id tells.
 */
export async function settleTry(
  on: Asks,
  worker: string,
  due: Due,
  tried: Try,
  state: "delivered" | "waiting" | "dead",
  delayMs: number,
): Promise<void> {
  await on.query(
    `with attempt as (
       insert into system.alert_attempts (delivery_id, n, at, status, ms, error)
       values ($1::uuid, $2::smallint, $3::text::timestamptz, $4::smallint, $5::integer, $6)
       on conflict do nothing
     )
     update system.alert_deliveries
     set state = $7, lease_until = null, lease_by = null, version = version + 1,
       next_at = now() + make_interval(secs => $8::float8),
       delivered_at = case when $7 = 'delivered' then now() end,
       dead_at = case when $7 = 'dead' then now() end
     where id = $1::uuid and state = 'waiting' and lease_by = $9`,
    [
      due.id,
      due.attempts,
      tried.at.toISOString(),
      tried.status,
      Math.round(tried.ms),
      tried.error?.slice(0, 500) ?? null,
      state,
      delayMs / 1000,
      worker,
    ],
  );
}
