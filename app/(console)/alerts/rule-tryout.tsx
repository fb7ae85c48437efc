"use client";

import { keepPreviousData, QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { LazyPlot } from "@/components/charts/lazy-plot";
import { formatUtc } from "@/components/ui/time-format";
import { formatValue } from "@/components/ui/value";
import type { TryAnswer } from "@/lib/alerts/schema";
import { tryPlot } from "./try-plot";
import type { RuleValues } from "./rule-values";

const client = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: false } } });

export function RuleTryout({ values }: { values: RuleValues }) {
  return (
    <QueryClientProvider client={client}>
      <Tryout values={values} />
    </QueryClientProvider>
  );
}

/** When this rule would have fired in the last seven days, numbered on the line of what was measured. */
function Tryout({ values }: { values: RuleValues }) {
  const { signal, comparison, threshold, clear, for_seconds } = useDeferredValue(values);
  const marks = { signal, comparison, threshold, for_seconds, ...(clear ? { clear } : {}) };
  const asked = new URLSearchParams(marks).toString();
  const { data, isError } = useQuery({
    queryKey: ["alerts", "try", asked],
    enabled: signal !== "" && threshold !== "",
    placeholderData: keepPreviousData,
    queryFn: async ({ signal: abort }): Promise<TryAnswer> => {
      const response = await fetch(`/api/v1/alerts/try?${asked}`, { signal: abort });
      if (!response.ok) throw new Error(`The tryout answered ${response.status}.`);
      return response.json();
    },
  });
  if (isError) return <p className="text-sm text-text-2">These marks cannot be tried.</p>;
  if (!data) return null;
  const { firings, points, unit } = data;
  const times = firings.length === 1 ? "once" : `${firings.length} times`;
  return (
    <figure className="rounded-lg border">
      <figcaption className="border-b px-3.5 py-2 font-semibold">
        <span role="status">
          {points.length === 0 ? "Nothing was measured in 7 days" : `Would have fired ${times} in 7 days`}
        </span>
      </figcaption>
      {points.length > 2 ? (
        <div className="px-2 pt-2.5">
          <LazyPlot
            title="What was measured in 7 days"
            data={tryPlot(data, Number(threshold))}
            marks={firings
              .slice(0, 20)
              .toReversed()
              .map(({ from }) => Date.parse(from))}
            height={150}
          />
        </div>
      ) : null}
      <ol className="divide-y divide-line text-sm">
        {firings.slice(0, 5).map(({ from, to, seconds, peak }, index) => (
          <li key={from} className="flex flex-wrap gap-x-2 px-3.5 py-1.5">
            <span className="text-text-3">{Math.min(firings.length, 20) - index}</span>
            <b className="font-medium">{formatUtc(from).slice(0, 16)} UTC</b>
            <span className="text-text-2">
              {to ? `for ${formatValue(seconds, "s")}` : "and still now"}, worst {formatValue(peak, unit)}
            </span>
          </li>
        ))}
      </ol>
    </figure>
  );
}
