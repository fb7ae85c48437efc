import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { context, person, staff } from "@/lib/testing/factories";
import { database } from "@/lib/testing/database";
import { eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { editUser, reactivateUser, signOutUser, suspendUser } from "@/lib/users/commands";
import type { Actor } from "./operation";
import { execute } from "./run";
import type { Stores } from "./stores";
import { previewUndo, undo } from "./undo";

let stores: Stores;
let admin: Actor;

beforeAll(async () => {
  stores = await testStores();
  admin = await staff();
});

const asAdmin = () => context(admin);

/** The record of a suspension at version 1. */
async function suspended(id: string, version = 1): Promise<string> {
  const saved = await execute(suspendUser, { id, version, reason: "r" }, asAdmin(), stores);
  return saved.undo ?? "";
}

async function isTaken(record: string): Promise<boolean> {
  const db = await database();
  const [row] = await db`select undone_at from system.undo_records where id = ${record}`;
  return row?.undone_at !== null;
}

test("an undo runs the inverse once, and its event names what it undoes", async () => {
  const ana = await person();
  const record = await suspended(ana.id);
  expect(await undo(record, asAdmin(), stores)).toMatchObject({ version: 3, after: { status: "active" } });
  expect(await outcomeOf(undo(record, asAdmin(), stores))).toBe("conflict");
  const [first, second] = await eventsOf(ana.id);
  expect(second?.body).toMatchObject({ action: "user.reactivate", undoes: first?.id });
});

test("an undo can be undone: the old values come back with their reason", async () => {
  const ana = await person();
  const back = await undo(await suspended(ana.id), asAdmin(), stores);
  expect(await undo(back.undo ?? "", asAdmin(), stores)).toMatchObject({
    after: { status: "suspended", suspended_reason: "r" },
  });
});

test("an edit is undone by the edit of what was there before", async () => {
  const ana = await person({ display_name: "Ana Núñez" });
  const edit = { id: ana.id, version: 1, display_name: "Ana Ferreira", locale: "pt" };
  const saved = await execute(editUser, edit, asAdmin(), stores);
  const back = await undo(saved.undo ?? "", asAdmin(), stores);
  expect(back.after).toEqual({ display_name: "Ana Núñez", locale: "en" });
});

test("of twelve undos at the same moment one wins", async () => {
  const record = await suspended((await person()).id);
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => outcomeOf(undo(record, asAdmin(), stores))));
  expect(outcomes.filter((outcome) => outcome === "ok")).toHaveLength(1);
});

test("a record that moved on is refused with both sides, and not used up", async () => {
  const ana = await person();
  const record = await suspended(ana.id);
  await execute(reactivateUser, { id: ana.id, version: 2 }, asAdmin(), stores);
  await execute(suspendUser, { id: ana.id, version: 3, reason: "again" }, asAdmin(), stores);
  const failure = await failureOf(undo(record, asAdmin(), stores));
  expect(failure).toMatchObject({ code: "stale", details: { current: { version: 4 }, wanted: {} } });
  expect(await isTaken(record)).toBe(false);
});

test("the values a stale undo would have set are said", async () => {
  const ana = await person({ display_name: "Ana Núñez" });
  const saved = await execute(editUser, { id: ana.id, version: 1, display_name: "B" }, asAdmin(), stores);
  await execute(editUser, { id: ana.id, version: 2, display_name: "C" }, asAdmin(), stores);
  const failure = await failureOf(undo(saved.undo ?? "", asAdmin(), stores));
  expect(failure.details).toMatchObject({ current: { display_name: "C" }, wanted: { display_name: "Ana Núñez" } });
});

test("its preview is a dry run of the inverse and takes nothing", async () => {
  const ana = await person();
  const record = await suspended(ana.id);
  expect(await previewUndo(record, asAdmin(), stores)).toMatchObject({
    will: 1,
    diffs: [{ before: { status: "suspended" }, after: { status: "active" } }],
  });
  expect(await isTaken(record)).toBe(false);
});

test("without the permission of the inverse, without a record, or too late, it is refused", async () => {
  const record = await suspended((await person()).id);
  const support = await staff("support");
  expect(await outcomeOf(undo(record, context(support), stores))).toBe("forbidden");
  expect(await outcomeOf(undo(randomUUID(), asAdmin(), stores))).toBe("not_found");
  expect(await outcomeOf(undo("nonsense", asAdmin(), stores))).toBe("not_found");
  const db = await database();
  await db`update system.undo_records set expires_at = now() - interval '1 second' where id = ${record}`;
  expect(await outcomeOf(undo(record, asAdmin(), stores))).toBe("conflict");
});

test("a command without an inverse leaves no record", async () => {
  const ana = await person();
  const saved = await execute(signOutUser, { id: ana.id, version: 1 }, asAdmin(), stores);
  expect(saved.undo).toBeNull();
});
