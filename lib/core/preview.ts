// What is answered before a change, and after it.
import "server-only";
import type { Code } from "./errors";
import type { Money } from "./money";
import type { Fields } from "./scope";

export type Touch = {
  store: "postgres" | "mongodb" | "redis" | "elasticsearch";
  what: string;
  count: number;
  /** False for what an undo does not bring back (ended sessions). */
  undo: boolean;
};

/** `audit` and `undo` are null when nothing was written, and when a lost answer could only be confirmed, not read. */
export type Saved<R = Fields> = {
  id: string;
  version: number;
  after: Partial<R> | null;
  audit: string | null;
  undo: string | null;
  /** What a remedy did, as a sentence. */
  note?: string;
};

export type Refusal = { code: Code; reason: string; count: number; ids: string[] };

export type Preview = {
  will: number;
  refused: Refusal[];
  touches: Touch[];
  diffs: { id: string; before: Fields; after: Fields }[];
  undo: boolean;
  /** The people concerned. */
  subjects: string[];
  /** Of each change that moves money. */
  money: Money[];
  /** Why a second person is needed, as a sentence; null when nobody is. */
  approval: string | null;
  /** Signed; given back with the command, it holds the command to what was shown. */
  plan: string;
  expires_at: string;
};
