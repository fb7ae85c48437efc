"use client";

import { toast } from "@/components/ui/toast";
import type { Saved } from "@/lib/core/operation";
import { undoChange } from "./actions";
import { NO_ANSWER } from "./words";

/** Says that it is done, and offers the way back where there is one. */
export function announce(title: string, saved: Saved, text = "Saved in PostgreSQL. Search follows."): void {
  const { undo } = saved;
  toast({ title, text, ...(undo ? { undo: () => takeBack(undo, title) } : {}) });
}

async function takeBack(record: string, what: string): Promise<void> {
  const form = new FormData();
  form.set("record", record);
  const state = await undoChange(null, form).catch(() => ({ ok: false as const, failure: NO_ANSWER }));
  if (state?.ok) {
    announce(`Undone: ${what}`, state.saved);
  } else if (state) {
    toast({ tone: "bad", title: `Not undone: ${what}`, text: state.failure.message });
  }
}
