// Compiled, never run: each line below an @ts-expect-error is a mistake that must not compile.
import "server-only";
import { z } from "zod";
import { getHealth } from "@/lib/health/queries";
import { action } from "@/lib/next/action";
import { load } from "@/lib/next/load";
import { route } from "@/lib/next/route";
import { profile } from "@/lib/profiles/noun";
import { reactivateUser, suspendUser } from "@/lib/users/commands";
import { user } from "@/lib/users/noun";
import { listUsers } from "@/lib/users/queries";
import type { SuspendUser, User } from "@/lib/users/schema";
import { type In, type Out, type Saved, command, inverse, query } from "./operation";

const Id = z.strictObject({ id: z.uuid() });
const ok = async () => ({ entity: "user" as const, id: "1", version: 1, before: null, after: { locale: "pt" } });
const base = { noun: user, action: "user.x", permission: "users.edit", input: Id, run: ok } as const;

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export const compiles = [
  command(base),
  query({ ...base, permission: "users.read", run: async () => 1 }),
  inverse(suspendUser, reactivateUser, ({ id, version }) => ({ id, version })),
];

export const inferred: [
  Same<Out<typeof suspendUser>, Saved<User>>,
  Same<keyof In<typeof suspendUser>, keyof z.input<typeof SuspendUser>>,
  Same<In<typeof suspendUser>["until"], string | undefined>,
] = [true, true, true];

export function doesNotCompile(): unknown[] {
  const { permission, action: name, input, run, ...noun } = base;
  return [
    // @ts-expect-error no permission
    command({ ...noun, action: name, input, run }),
    // @ts-expect-error a permission that does not exist
    command({ ...base, permission: "users.fly" }),
    // @ts-expect-error no action
    command({ ...noun, permission, input, run }),
    // @ts-expect-error an action of another noun
    command({ ...base, action: "plan.x" }),
    // @ts-expect-error no schema
    command({ ...noun, action: name, permission, run }),
    // @ts-expect-error no run
    command({ ...noun, action: name, permission, input }),
    // @ts-expect-error what it answers is no change
    command({ ...base, run: async () => ({ ok: true }) }),
    // @ts-expect-error it answers nothing
    command({ ...base, run: async () => {} }),
    // @ts-expect-error a change of another noun
    command({ ...base, run: async () => ({ ...(await ok()), entity: "plan" as const }) }),
    // @ts-expect-error a field the noun does not have: a password hash cannot reach the audit
    command({ ...base, run: async () => ({ ...(await ok()), after: { password_hash: "x" } }) }),
    // @ts-expect-error a command on documents, which no transaction holds
    command({ ...base, noun: profile, action: "profile.x" }),
    // @ts-expect-error a command runs no other command
    command({ ...base, run: async (_input, { execute }) => execute(suspendUser) }),
    // @ts-expect-error a query writes nothing
    query({ ...base, run: async (_input, { db }) => db.insert }),
    // @ts-expect-error a query on documents has no tables
    query({ ...base, noun: profile, action: "profile.x", run: async (_input, { db }) => db }),
    // @ts-expect-error a query on tables has no documents
    query({ ...base, run: async (_input, { documents }) => documents }),
    // @ts-expect-error a command is a value, not a function
    suspendUser({ id: "1" }),
    // @ts-expect-error an object that only looks like a command
    action({ kind: "command", ...base }),
    // @ts-expect-error GET of a command
    route.get(suspendUser),
    // @ts-expect-error an action of a query
    action(listUsers),
    // @ts-expect-error a sort that does not exist
    load(listUsers, { sort: "password" }),
    // @ts-expect-error an input that is not there
    load(getHealth, { deep: true }),
    // @ts-expect-error the way back needs what its schema needs
    inverse(suspendUser, reactivateUser, ({ id }) => ({ id })),
    // @ts-expect-error the way back of a query
    inverse(listUsers, reactivateUser, () => ({ id: "1", version: 1 })),
  ];
}
