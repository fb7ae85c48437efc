// The form of an operation without its values: `find activity { at: { $gt: ? } } sort { at: -1 }`.
import "server-only";
import { isDocument } from "./documents";
import type { Document } from "./watch";

const MAX_LENGTH = 400;
const MAX_DEPTH = 7;

/** Parts of a command that say what it does; the rest is bookkeeping. */
const PARTS = [
  ["filter", ""],
  ["query", ""],
  ["q", ""],
  ["pipeline", ""],
  ["key", "key"],
  ["sort", "sort"],
  ["projection", "fields"],
  ["update", "set"],
  ["u", "set"],
] as const;

/** `command` is what `$currentOp` or the profiler shows, or a shape of `$queryStats`: its first key is the verb. */
export function shapeOf(command: Document): { verb: string; collection: string | null; text: string } {
  const [first = "", target] = Object.entries(command)[0] ?? [];
  const isShape = isDocument(command["cmdNs"]);
  const verb = isShape ? String(command["command"] ?? "") : first;
  const collection = isShape ? collectionOf(command["cmdNs"]) : typeof target === "string" ? target : null;
  const parts = PARTS.flatMap(([key, word]) => {
    const value = command[key];
    if (value === undefined || (key === verb && typeof value === "string")) return [];
    return [word ? `${word} ${shown(value, word)}` : shown(value, word)];
  });
  return { verb, collection, text: shortened([verb, collection ?? "", ...parts].filter(Boolean).join(" ")) };
}

function collectionOf(namespace: unknown): string | null {
  return isDocument(namespace) && typeof namespace["coll"] === "string" ? namespace["coll"] : null;
}

/** Directions of a sort or a key are no values of anybody. */
function shown(value: unknown, word: string, depth = 0): string {
  if (depth > MAX_DEPTH) return "…";
  if (Array.isArray(value)) return list(value, word, depth);
  if (!isDocument(value) || "_bsontype" in value) {
    const isDirection = (word === "sort" || word === "key") && (value === 1 || value === -1);
    return isDirection ? String(value) : "?";
  }
  const fields = Object.entries(value).map(([key, inner]) => {
    const of = key === "$sort" ? "sort" : word;
    return `${key}: ${shown(inner, of, depth + 1)}`;
  });
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function list(values: readonly unknown[], word: string, depth: number): string {
  const items = [...new Set(values.map((value) => shown(value, word, depth + 1)))];
  return `[ ${items.join(", ")} ]`;
}

function shortened(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
