// Statements of others may hold anything a customer typed: their values are not shown.
import "server-only";

const TOKENS =
  /(?<comment>\/\*[\s\S]*?\*\/|--[^\n]*)|(?<quoted>(?:[eEbBxXnN]|[uU]&)?'(?:[^'\\]|''|\\[\s\S])*(?:'|$))|(?<dollar>\$(?<tag>[A-Za-z_]\w*|)\$[\s\S]*?(?:\$\k<tag>\$|$))|(?<name>"(?:[^"]|"")*"|[A-Za-z_]\w*|\$\d+)|(?<number>\d[\w.]*)/g;

/** Texts and numbers become `?`; names, keywords and parameters stay. The console's own comment stays, as its action. */
export function hideValues(sql: string): string {
  const hidden = sql.replace(TOKENS, (token: string, ...rest: unknown[]) => {
    const { comment, name } = rest.at(-1) as Record<string, string | undefined>;
    if (comment !== undefined) return /^\/\* [a-z][\w.:-]* \*\/$/.test(comment) ? comment : "";
    return name === undefined ? "?" : token;
  });
  return hidden.replace(/\s+/g, " ").trim();
}

/** Whether a second statement follows a semicolon. */
export function isSingle(sql: string): boolean {
  return !/;\s*\S/.test(hideValues(sql).replace(/"(?:[^"]|"")*"/g, "x"));
}
