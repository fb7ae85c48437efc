import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { alert_channels, alert_deliveries } from "@/drizzle/schema/alerts";
import { AppError } from "@/lib/core/errors";
import { command, inverse } from "@/lib/core/operation";
import { constraint } from "@/lib/core/translate";
import type { Db } from "@/lib/databases/postgres/pool";
import { env } from "@/lib/env";
import { alert } from "../noun";
import { shownAddress, webhookProblem } from "./address";
import {
  type ChannelKind,
  CreateChannel,
  DeleteChannel,
  EditChannel,
  MAX_ATTEMPTS,
  ReplayDelivery,
  TestChannel,
} from "./schema";
import { sealSecret } from "./secret";

constraint("alert_channels_name_live", "name", "conflict", "Another channel has this name.");

type Target = { id: string; version: number };

export const createChannel = command({
  noun: alert,
  action: "alert.channel-create",
  permission: "alerts.edit",
  input: CreateChannel,
  async run({ id = randomUUID(), kind, name, address, secret, enabled }, { tx, ctx, keys }) {
    checkAddress(kind, address);
    if ((kind === "webhook") !== (secret !== undefined)) {
      throw invalid("secret", kind === "webhook" ? "is missing" : "has no meaning for e-mail");
    }
    const sealed = secret === undefined ? null : sealSecret(keys, id, secret);
    const [row] = await tx
      .insert(alert_channels)
      .values({ id, kind, name, address, secret: sealed, enabled, updated_by: ctx.actor.id })
      .onConflictDoNothing({ target: alert_channels.id })
      .returning({ id: alert_channels.id });
    if (!row) throw new AppError("conflict", "There is a channel with this id already.");
    const after = { kind, name, address: shownAddress(kind, address), enabled };
    return { entity: "alert", id, version: 1, before: null, after };
  },
});

export const editChannel = command({
  noun: alert,
  action: "alert.channel-edit",
  permission: "alerts.edit",
  input: EditChannel,
  async run({ id, version, name, address, secret, enabled }, { tx, ctx, keys }) {
    const before = await heldChannel(tx, { id, version });
    if (address !== undefined) checkAddress(before.kind, address);
    if (secret !== undefined && before.kind !== "webhook") throw invalid("secret", "has no meaning for e-mail");
    const set = {
      ...(name !== undefined && name !== before.name ? { name } : {}),
      ...(address !== undefined && address !== before.address ? { address } : {}),
      ...(enabled !== undefined && enabled !== before.enabled ? { enabled } : {}),
    };
    if (Object.keys(set).length === 0 && secret === undefined) throw new AppError("conflict", "Nothing to change.");
    await tx
      .update(alert_channels)
      .set({
        ...set,
        ...(secret === undefined ? {} : { secret: sealSecret(keys, id, secret) }),
        version: version + 1,
        updated_at: sql`now()`,
        updated_by: ctx.actor.id,
      })
      .where(eq(alert_channels.id, id));
    const shown = (value: string) => shownAddress(before.kind, value);
    return {
      entity: "alert",
      id,
      version: version + 1,
      before: {
        ...("name" in set ? { name: before.name } : {}),
        ...("enabled" in set ? { enabled: before.enabled } : {}),
        ...("address" in set ? { address: shown(before.address) } : {}),
        ...(secret === undefined ? {} : { secret: "the one before" }),
      },
      after: {
        ...set,
        ...("address" in set && address !== undefined ? { address: shown(address) } : {}),
        ...(secret === undefined ? {} : { secret: "a new one" }),
      },
    };
  },
});

/** Its secret and what was sent stay, so that it can come back; waiting messages are given up. */
export const deleteChannel = command({
  noun: alert,
  action: "alert.channel-delete",
  permission: "alerts.edit",
  input: DeleteChannel,
  run: (target, { tx, ctx }) => setDeleted(tx, target, true, ctx.actor.id),
});

export const restoreChannel = command({
  noun: alert,
  action: "alert.channel-restore",
  permission: "alerts.edit",
  input: DeleteChannel,
  run: (target, { tx, ctx }) => setDeleted(tx, target, false, ctx.actor.id),
});

/** One message that says it is a test; the worker sends it like any other. */
export const testChannel = command({
  noun: alert,
  action: "alert.channel-test",
  permission: "alerts.edit",
  input: TestChannel,
  async run({ id, version }, { tx }) {
    await heldChannel(tx, { id, version });
    const body = sql`jsonb_build_object('type', 'alert.test', 'at', now(), 'alert', null)`;
    await tx.insert(alert_deliveries).values({ id: randomUUID(), channel_id: id, event: "test", body });
    return { entity: "alert", id, version, before: {}, after: { event: "test" } };
  },
});

/** Sends a message once more, with the same words and id, and as many tries as a new one. */
export const replayDelivery = command({
  noun: alert,
  action: "alert.delivery-replay",
  permission: "alerts.edit",
  input: ReplayDelivery,
  async run({ id, version }, { tx }) {
    const [row] = await tx
      .update(alert_deliveries)
      .set({
        state: "waiting",
        give_up_after: sql`${alert_deliveries.attempts} + ${MAX_ATTEMPTS}`,
        next_at: sql`now()`,
        lease_until: null,
        lease_by: null,
        dead_at: null,
        delivered_at: null,
        version: version + 1,
      })
      .where(
        and(
          eq(alert_deliveries.id, id),
          eq(alert_deliveries.version, version),
          sql`${alert_deliveries.state} <> 'waiting'`,
        ),
      )
      .returning({ state: sql<string>`old.state` });
    if (!row) throw await notReplayed(tx, { id, version });
    return { entity: "alert", id, version: version + 1, before: { state: row.state }, after: { state: "waiting" } };
  },
});

const seen = (change: Target) => ({ id: change.id, version: change.version });

export const inverses = [
  inverse(createChannel, deleteChannel, seen),
  inverse(deleteChannel, restoreChannel, seen),
  inverse(restoreChannel, deleteChannel, seen),
  // Neither an old address nor an old secret is kept in the open: a change of them has no way back.
  inverse(editChannel, editChannel, (change) => {
    const { name, enabled, address, secret } = change.before ?? {};
    const hidden = address !== undefined || secret !== undefined;
    return { ...seen(change), version: hidden ? -1 : change.version, name, enabled };
  }),
];

function checkAddress(kind: ChannelKind, address: string): void {
  const settings = env();
  if (kind === "webhook") {
    const problem = webhookProblem(address, settings);
    if (problem) throw invalid("address", problem);
    return;
  }
  if (!settings.QUADRANT_SMTP_URL || !settings.QUADRANT_MAIL_FROM) {
    throw new AppError("conflict", "Mail is off: this installation names no mail server.");
  }
  if (!z.email().max(254).safeParse(address).success) throw invalid("address", "is not an e-mail address");
}

function invalid(field: string, problem: string): AppError {
  return new AppError("invalid", "The channel cannot be used like this.", { fields: { [field]: [problem] } });
}

const shownColumns = {
  id: alert_channels.id,
  kind: alert_channels.kind,
  name: alert_channels.name,
  enabled: alert_channels.enabled,
  version: alert_channels.version,
};

async function heldChannel(tx: Db, { id, version }: Target) {
  const [row] = await tx
    .select({ ...shownColumns, address: alert_channels.address })
    .from(alert_channels)
    .where(and(eq(alert_channels.id, id), isNull(alert_channels.deleted_at)))
    .for("update");
  if (!row) throw new AppError("not_found", "There is no such channel.");
  if (row.version === version) return row;
  const current = { ...row, address: shownAddress(row.kind, row.address) };
  throw new AppError("stale", "Someone else saved this channel first.", { current });
}

async function setDeleted(tx: Db, { id, version }: Target, deleted: boolean, by: string) {
  const [row] = await tx
    .update(alert_channels)
    .set({ deleted_at: deleted ? sql`now()` : null, version: version + 1, updated_at: sql`now()`, updated_by: by })
    .where(
      and(
        eq(alert_channels.id, id),
        eq(alert_channels.version, version),
        sql`(${alert_channels.deleted_at} is null) = ${deleted}`,
      ),
    )
    .returning({ name: alert_channels.name });
  if (!row) {
    const [current] = await tx.select(shownColumns).from(alert_channels).where(eq(alert_channels.id, id));
    if (!current || current.version === version) throw new AppError("not_found", "There is no such channel.");
    throw new AppError("stale", "Someone else saved this channel first.", { current });
  }
  return {
    entity: "alert" as const,
    id,
    version: version + 1,
    before: { name: row.name, deleted: !deleted },
    after: { name: row.name, deleted },
  };
}

async function notReplayed(tx: Db, { id, version }: Target): Promise<AppError> {
  const columns = { id: alert_deliveries.id, state: alert_deliveries.state, version: alert_deliveries.version };
  const [row] = await tx.select(columns).from(alert_deliveries).where(eq(alert_deliveries.id, id));
  if (!row) return new AppError("not_found", "There is no such message.");
  if (row.version === version) return new AppError("conflict", "This message still waits to be sent.");
  return new AppError("stale", "This message changed in the meantime.", { current: row });
}
