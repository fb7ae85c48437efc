import "server-only";
import { fold } from "./fold";
import type { Highlight, User } from "./schema";

const START = "\ue000";
const END = "\ue001";

/**
 * Marks what a search found in the row as it is now, between U+E000 and U+E001: the part of a word that was typed, or
 * the whole word when only its spelling is near (`found`: the folded words the index matched).
 */
export function highlight(
  user: Pick<User, "display_name" | "email">,
  q: string,
  found: ReadonlySet<string>,
): Highlight {
  const typed = fold(q).split(" ").filter(Boolean);
  const name = mark(user.display_name, typed, found);
  const email = mark(user.email, typed, found);
  return { ...(name && { display_name: name }), ...(email && { email }) };
}

function mark(text: string, typed: readonly string[], found: ReadonlySet<string>): string | null {
  const marked = text.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => {
    const length = markedLength(word, typed, found);
    return length === 0 ? word : START + word.slice(0, length) + END + word.slice(length);
  });
  return marked === text ? null : marked;
}

function markedLength(word: string, typed: readonly string[], found: ReadonlySet<string>): number {
  const folded = fold(word);
  const starts = typed.filter((part) => folded.startsWith(part)).map((part) => part.length);
  if (starts.length === 0) return found.has(folded) ? word.length : 0;
  // Letters such as ß fold to two: then the place in the word is not known, and all of it is marked.
  return folded.length === word.length ? Math.max(...starts) : word.length;
}

/** The words an index answer marked, folded as it holds them. */
export function markedWords(fragments: readonly string[]): Set<string> {
  const words = fragments.flatMap((fragment) => fragment.match(/\ue000[^\ue001]+\ue001/g) ?? []);
  return new Set(words.map((word) => word.slice(1, -1)));
}
