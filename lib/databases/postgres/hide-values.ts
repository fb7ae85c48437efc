// Statements of others may hold anything a customer typed: their values are not shown.
import "server-only";

/** `rest`: a text that ends nobody knows where (a backslash before its quote, a comment in a comment). */
const TOKENS =
  /(?<comment>\/\*(?:(?!\/\*)[\s\S])*?\*\/|--[^\n]*)|(?<escaped>[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$))|(?<quoted>(?:[bBxXnN]|[uU]&)?'(?:[^'\\]|''|\\(?!'))*(?:'|$))|(?<rest>(?:\/\*|[bBxXnN]?'|[uU]&')[\s\S]*$)|(?<dollar>\$(?<tag>[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*|)\$[\s\S]*?(?:\$\k<tag>\$|$))|(?<name>"(?:[^"]|"")*"|[A-Za-z_]\w*|\$\d+)|(?<number>\d[\w.]*)/g;

const REST = "…";

/** Texts and numbers become `?`; names, keywords and parameters stay. The console's own comment stays, as its action. */
export function hideValues(sql: string): string {
  const hidden = sql.replace(TOKENS, (token: string, ...values: unknown[]) => {
    const { comment, name, rest } = values.at(-1) as Record<string, string | undefined>;
    if (rest !== undefined) return REST;
    if (comment !== undefined) return /^\/\* [a-z][\w.:-]* \*\/$/.test(comment) ? comment : "";
    return name === undefined ? "?" : token;
  });
  return hidden.replace(/\s+/g, " ").trim();
}

const OBJECTS =
  "role|user mapping|user|group|database|server|subscription|foreign data wrapper|function|procedure|routine";

/** Their values are not always quoted, or their words alone tell too much: passwords, settings, paths, code. */
const TOLD_BY_VERB = new RegExp(
  `^((?:/\\* \\S+ \\*/ )?(?:(?:create|alter|drop)(?: or replace)? (?:${OBJECTS})|alter system|security label|do|copy|set` +
    "|reset|execute|notify|call|import foreign schema))\\b.*",
  "i",
);

/** A statement of somebody without its values; of one that may hold a secret only the verb and the kind of object. */
export function shownStatement(sql: string): string {
  const each = hideValues(sql).split(/;\s*/).filter(Boolean);
  return each.map((statement) => statement.replace(TOLD_BY_VERB, `$1 ${REST}`)).join("; ");
}

/** Whether a second statement follows a semicolon; a text whose end nobody knows may hold one. */
export function isSingle(sql: string): boolean {
  const hidden = hideValues(sql).replace(/"(?:[^"]|"")*"/g, "x");
  return !hidden.includes(REST) && !/;\s*\S/.test(hidden);
}
