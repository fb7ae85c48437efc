/** A statement to tell it from others at a glance: a long list of what is selected is left out, plain names are bare. */
export function shortStatement(query: string): string {
  const bare = query.replace(/"([a-z_][a-z0-9_]*)"/g, "$1");
  const start = /^select (distinct )?/i.exec(bare)?.[0].length;
  if (start === undefined) return bare;
  const end = endOfList(bare, start);
  return end - start > 24 ? `${bare.slice(0, start)}…${bare.slice(end)}` : bare;
}

/** Where the first ` from ` stands that is in no parentheses; the end when there is none. */
function endOfList(query: string, start: number): number {
  let depth = 0;
  for (let at = start; at < query.length; at += 1) {
    if (query[at] === "(") depth += 1;
    if (query[at] === ")") depth -= 1;
    if (depth === 0 && /^ from /i.test(query.slice(at, at + 6))) return at;
  }
  return query.length;
}
