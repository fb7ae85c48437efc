// What an operation is: a value that names its noun, action, permission and input, and a pure run().
import "server-only";
import type { z } from "zod";
import type { Permission } from "@/lib/auth/permissions";
import type { Engine } from "@/lib/databases/schema";
import type { Money } from "./money";
import type { Preview, Saved, Touch } from "./preview";
import type { Options } from "./job";
import type { Context, EngineScope, Fields, ReadScope, Scope, Store, WritableStore } from "./scope";
import type { Stores } from "./stores";

export type * from "./money";
export type * from "./preview";
export type * from "./scope";

export type Strict = z.ZodObject<z.core.$ZodLooseShape, z.core.$strict>;

/** One record before and after. `subject` is the person concerned, whose key seals personal values. */
export type Change<N extends string, R> = {
  entity: N;
  id: string;
  version: number;
  before: Partial<R> | null;
  after: Partial<R> | null;
  subject?: string;
  money?: Money;
};

const brand: unique symbol = Symbol("operation");

export type Noun<N extends string = string, S extends Store = Store, R = Fields> = {
  readonly name: N;
  readonly store: S;
  readonly shape: z.ZodType<R>;
  /** Fields that are sealed under the subject's key in the audit. */
  readonly personal: readonly (keyof R & string)[];
  /** The search index that follows this noun, if any. */
  readonly index: string | null;
};

export type Query<I extends Strict = Strict, O = unknown, S extends Store = Store> = {
  readonly [brand]: "query";
  readonly kind: "query";
  readonly noun: { readonly name: string; readonly store: S };
  readonly action: string;
  readonly permission: Permission;
  readonly input: I;
  readonly cache?: CachePolicy;
  run(input: z.output<I>, scope: ReadScope<S>): Promise<O>;
};

/** Only for answers that do not depend on who asks. A tag (`user`, `user:<id>`) names what makes the answer old. */
export type CachePolicy = { ttl_seconds: number; tags: readonly string[] };

type Changes<N extends string, R> = Change<N, R> | readonly Change<N, R>[];

type ApprovalRule = (
  changes: readonly Change<string, Fields>[],
  scope: Scope,
) => string | null | Promise<string | null>;

export type Command<N extends string = string, I extends Strict = Strict, R = Fields> = {
  readonly [brand]: "command";
  readonly kind: "command";
  readonly noun: {
    readonly name: N;
    readonly store: WritableStore;
    readonly shape: z.ZodType<R>;
    readonly personal: readonly string[];
    readonly index: string | null;
  };
  readonly action: string;
  readonly permission: Permission;
  readonly input: I;
  /** Executions and previews a minute per actor; 600 when not said. */
  readonly limit?: number;
  /** The person concerned, when the input names them: saves a round trip for their key. */
  subject?(input: z.output<I>): string;
  /** Why a second person must approve these changes, as a sentence; null when nobody need. It sees them written. */
  approval?: ApprovalRule;
  run(input: z.output<I>, scope: Scope): Promise<Changes<N, R>>;
};

/** What a remedy would act on, as it is now. */
export type Finding = {
  /** Names the target in the audit: `session 4711`, `index users-v3`. */
  id: string;
  before: Fields;
  /** What is expected of it afterwards; only fields that differ are shown. */
  after: Fields;
  /** What must still be so when a confirmed preview is carried out; never a figure that moves by itself. */
  identity: Fields;
  touches: readonly Touch[];
  /** Why it must not be done now, as a sentence; null when it may. */
  refused: string | null;
};

/** `done`: reading again showed the effect. `note` says what was seen, as a sentence. */
export type Outcome = { done: boolean; after: Fields; note: string };

/** An act on an engine outside any transaction: audited before it begins and again with its outcome. */
export type Remedy<I extends Strict = Strict> = {
  readonly [brand]: "remedy";
  readonly kind: "remedy";
  readonly noun: { readonly name: string; readonly store: "engines" };
  readonly engine: Engine;
  readonly action: string;
  readonly permission: Permission;
  readonly input: I;
  readonly limit?: number;
  /** Reads the target; also the preview. Throws `not_found` when there is none. */
  look(input: z.output<I>, scope: EngineScope): Promise<Finding>;
  /** Acts within its own time limit, reads again and says what became of it. */
  act(input: z.output<I>, scope: EngineScope, finding: Finding): Promise<Outcome>;
};

/** Runs other operations, and has no transaction of its own: what it runs is checked and audited as what it is. */
export type Procedure<I extends Strict = Strict> = {
  readonly [brand]: "procedure";
  readonly kind: "procedure";
  readonly noun: { readonly name: string };
  readonly action: string;
  readonly permission: Permission;
  readonly input: I;
  readonly limit?: number;
  run(input: z.output<I>, call: Call & { options: Options }): Promise<Saved>;
  preview(input: z.output<I>, call: Call): Promise<Preview>;
};

type Call = { ctx: Context; stores: Stores };

/** What changes something: all have a preview, a permission, a limit and an audit event. */
export type Mutation = Command | Remedy | Procedure;

export type Operation = Query | Mutation;

export function noun<const N extends string, const S extends Store, R>(definition: Noun<N, S, R>): Noun<N, S, R> {
  return definition;
}

export function query<N extends string, S extends Store, R, I extends Strict, O>(definition: {
  noun: Noun<N, S, R>;
  action: `${NoInfer<N>}.${string}`;
  permission: Permission;
  input: I;
  cache?: CachePolicy;
  run(input: z.output<I>, scope: ReadScope<NoInfer<S>>): Promise<O>;
}): Query<I, O, S> {
  check(definition);
  return { [brand]: "query", kind: "query", ...definition };
}

export function command<N extends string, S extends WritableStore, R, I extends Strict>(definition: {
  noun: Noun<N, S, R>;
  action: `${NoInfer<N>}.${string}`;
  permission: Permission;
  input: I;
  limit?: number;
  subject?(input: z.output<I>): string;
  approval?: ApprovalRule;
  run(input: z.output<I>, scope: Scope): Promise<Changes<NoInfer<N>, NoInfer<R>>>;
}): Command<N, I, R> {
  check(definition);
  return { [brand]: "command", kind: "command", ...definition };
}

/** `input` holds a `reason`, which goes into the audit. */
export function remedy<N extends string, R, I extends Strict>(definition: {
  noun: Noun<N, "engines", R>;
  engine: Engine;
  action: `${NoInfer<N>}.${string}`;
  permission: Permission;
  input: I;
  limit?: number;
  look(input: z.output<I>, scope: EngineScope): Promise<Finding>;
  act(input: z.output<I>, scope: EngineScope, finding: Finding): Promise<Outcome>;
}): Remedy<I> {
  check(definition);
  if (!("reason" in definition.input.shape)) throw new TypeError(`The input of ${definition.action} needs a reason.`);
  return { [brand]: "remedy", kind: "remedy", ...definition };
}

export function procedure<I extends Strict>(definition: Omit<Procedure<I>, typeof brand | "kind">): Procedure<I> {
  check(definition);
  return { [brand]: "procedure", kind: "procedure", ...definition };
}

/** zod gives a strict and a stripping object the same type, so this is checked when the module loads. */
function check({ action, input }: { action: string; input: Strict }): void {
  if (input._zod.def.catchall?._zod.def.type !== "never") {
    throw new TypeError(`The input of ${action} must be a strict object.`);
  }
  if (!/^[a-z][a-z0-9.-]*$/.test(action)) throw new TypeError(`${action} is not an action name.`);
}

export function isOperation(value: unknown): value is Operation {
  return typeof value === "object" && value !== null && brand in value;
}

export type Inverse = {
  readonly of: Command;
  readonly by: Command;
  input(change: Change<string, Fields>): object;
};

const inverses = new WeakMap<object, Inverse>();

/**
 * The way back of a command, declared beside both commands so that neither type depends on the other. `by` parses its
 * input when the undo record is written; its `version` is replaced by the one the undo expects.
 */
export function inverse<N extends string, R, I extends Strict>(
  of: Command<N, Strict, R>,
  by: Command<string, I>,
  input: (change: Change<N, R>) => z.input<I>,
): Inverse;
export function inverse(of: Command, by: Command, input: (change: Change<string, Fields>) => object): Inverse {
  if (inverses.has(of)) throw new TypeError(`${of.action} has an inverse already.`);
  const way = { of, by, input };
  inverses.set(of, way);
  return way;
}

export function inverseOf(command: Command): Inverse | undefined {
  return inverses.get(command);
}

export type In<Op> = Op extends { input: infer I extends Strict } ? z.input<I> : never;
export type Out<Op> =
  Op extends Query<infer _I, infer O, infer _S>
    ? O
    : Op extends Command<infer _N, infer _J, infer R>
      ? Saved<R>
      : Op extends Remedy | Procedure
        ? Saved
        : never;
