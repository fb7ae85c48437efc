import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { Attempt } from "@/lib/next/load";
import type { UserPage } from "@/lib/users/schema";
import type { UsersQuery } from "./list-query";

const TAG = "flex h-6 items-center gap-1 rounded-sm px-[7px] text-sm font-medium whitespace-nowrap touch:h-9";

/** How the words are looked for; a click takes the other way, unless another store answers. */
export async function SearchMode({ query, list }: { query: UsersQuery; list: Promise<Attempt<UserPage>> }) {
  const result = await list;
  if (result.ok && result.value.source.degraded) {
    return (
      <span className={`status ${TAG} bg-warn-soft text-warn`} title={result.value.source.reason ?? undefined}>
        <TriangleAlert size={12} aria-hidden />
        PostgreSQL, starts with
      </span>
    );
  }
  const anywhere = query.input.mode === "anywhere";
  return (
    <Link
      href={query.href({ mode: anywhere ? "prefix" : null })}
      scroll={false}
      title={anywhere ? "Elasticsearch, finds misspelt words too" : "PostgreSQL, the beginning of name or e-mail"}
      className={`${TAG} bg-off-soft text-off hover:text-text`}
    >
      <span className="sr-only">Search mode: </span>
      {anywhere ? "Anywhere" : "Starts with"}
    </Link>
  );
}
