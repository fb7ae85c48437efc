import "server-only";
import { sql } from "drizzle-orm";
import { query } from "@/lib/core/operation";
import { readStart, toIso, toPage, writeCursor } from "@/lib/core/paging";
import { env } from "@/lib/env";
import { alert } from "../noun";
import { shownAddress } from "./address";
import {
  type AttemptRow,
  type ChannelList,
  type ChannelRow,
  type DeliveryPage,
  type DeliveryRow,
  ListChannels,
  ListDeliveries,
} from "./schema";

const ORDER = "alert.deliveries";

type Selected = Omit<ChannelRow, "last"> & {
  last_at: string | null;
  last_status: number | null;
  last_ms: number;
  last_error: string | null;
};

export const listChannels = query({
  noun: alert,
  action: "alert.channels",
  permission: "alerts.read",
  input: ListChannels,
  async run(_input, { db }): Promise<ChannelList> {
    const rows = await db.execute<Selected>(sql`
      select c.id, c.kind, c.name, c.address, c.enabled, c.version,
        l.at as last_at, l.status as last_status, l.ms as last_ms, l.error as last_error
      from system.alert_channels c
      left join lateral (
        select t.at, t.status, t.ms, t.error
        from system.alert_deliveries d join system.alert_attempts t on t.delivery_id = d.id
        where d.channel_id = c.id and d.created_at > now() - interval '30 days'
        order by t.at desc limit 1
      ) l on true
      where c.deleted_at is null
      order by lower(c.name), c.id`);
    const { QUADRANT_SMTP_URL: server, QUADRANT_MAIL_FROM: from } = env();
    return { data: rows.map(toChannel), mail: server !== undefined && from !== undefined };
  },
});

/** Newest first, each with every try. */
export const listDeliveries = query({
  noun: alert,
  action: "alert.deliveries",
  permission: "alerts.read",
  input: ListDeliveries,
  async run(input, { db, keys }): Promise<DeliveryPage> {
    const { from, backwards } = readStart(keys, ORDER, input);
    const [at, id] = from;
    const order = sql.raw(backwards ? "asc" : "desc");
    const beyond = sql`where (d.created_at, d.id) ${sql.raw(backwards ? ">" : "<")} (${at}::timestamptz, ${id}::uuid)`;
    const rows = await db.execute<DeliveryRow>(sql`
      select d.id, d.event, r.name as alert, c.name as channel, c.kind, d.state, d.next_at, d.created_at,
        d.delivered_at, d.dead_at, d.version,
        coalesce((
          select jsonb_agg(jsonb_build_object('n', t.n, 'at', t.at, 'status', t.status, 'ms', t.ms, 'error', t.error)
            order by t.n)
          from system.alert_attempts t where t.delivery_id = d.id
        ), '[]') as attempts
      from system.alert_deliveries d
      join system.alert_channels c on c.id = d.channel_id
      left join system.alerts a on a.id = d.alert_id
      left join system.alert_rules r on r.id = a.rule_id
      ${id ? beyond : sql``}
      order by d.created_at ${order}, d.id ${order}
      limit ${input.limit + 1}`);
    const cursorOf = (row: DeliveryRow) => writeCursor(keys, ORDER, [row.created_at, row.id]);
    const { data, ...page } = toPage(rows, input.limit, input, cursorOf, toDelivery);
    return { data, page };
  },
});

function toChannel({ last_at, last_status, last_ms, last_error, ...channel }: Selected): ChannelRow {
  const last = {
    at: toIso(last_at) ?? "",
    status: last_status,
    ms: last_ms,
    error: last_error,
    delivered: last_error === null,
  };
  return { ...channel, address: shownAddress(channel.kind, channel.address), last: last_at === null ? null : last };
}

function toDelivery(row: DeliveryRow): DeliveryRow {
  return {
    ...row,
    attempts: row.attempts.map((attempt: AttemptRow) => ({ ...attempt, at: toIso(attempt.at) })),
    next_at: toIso(row.next_at),
    created_at: toIso(row.created_at),
    delivered_at: toIso(row.delivered_at),
    dead_at: toIso(row.dead_at),
  };
}
