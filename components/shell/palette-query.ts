"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ListSource, UserRow } from "@/lib/users/schema";

type Suggestions = { data: UserRow[]; source: ListSource };

/** People for the words; nothing is asked under two characters. */
export function useSuggestions(words: string) {
  return useQuery({
    queryKey: ["users", "suggest", words],
    enabled: words.length >= 2,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Suggestions> => {
      const response = await fetch(`/api/v1/users?q=${encodeURIComponent(words)}&limit=8`, { signal });
      if (!response.ok) {
        throw new Error(`The search for people answered ${response.status}.`);
      }
      return response.json();
    },
  });
}
