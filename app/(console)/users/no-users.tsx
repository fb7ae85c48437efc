import { cleared } from "@/components/data-table/list-filters";
import { FilteredAway, NoHit } from "@/components/data-table/list-state";
import { formatNumber } from "@/components/ui/number";
import { attempt } from "@/lib/next/load";
import { countUsers } from "@/lib/users/queries";
import type { May } from "../viewer";
import type { UsersQuery } from "./list-query";

/** No rows: the search has no hit, or the filters hide all; each offers the step that helps most. */
export async function NoUsers({ query, may }: { query: UsersQuery; may: May }) {
  const { input, chips, href } = query;
  if (chips.length === 0) {
    const how = input.mode === "prefix" ? "Nothing starts with" : "Nothing matches";
    return (
      <NoHit title={`${how} “${input.q ?? ""}”`} clearHref={href({ q: null })}>
        Check the spelling, or use fewer words.
      </NoHit>
    );
  }
  const best = may("users.count") ? await bestRemoval(query) : null;
  const remove = best ? { field: best.field, href: best.removeHref } : undefined;
  return (
    <FilteredAway
      title={`No one is ${chips.map(({ value }) => value).join(" and ")}`}
      remove={remove}
      clearHref={cleared(query)}
    >
      {best ? `Without the filter on ${best.field.toLowerCase()} there are ${formatNumber(best.count)}.` : null}
    </FilteredAway>
  );
}

/** The filter whose removal brings back most people; null when none does. */
async function bestRemoval({ input, chips }: UsersQuery) {
  const { sort: _sort, limit: _limit, after: _after, before: _before, ...filters } = input;
  const counts = await Promise.all(
    chips.map(async (chip) => {
      const counted = await attempt(countUsers, { ...filters, [chip.name]: undefined });
      return { ...chip, count: counted.ok ? counted.value.total : 0 };
    }),
  );
  const [best] = counts.sort((left, right) => right.count - left.count);
  return best && best.count > 0 ? best : null;
}
