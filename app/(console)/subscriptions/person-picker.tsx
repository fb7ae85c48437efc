"use client";

import { useState } from "react";
import { useSuggestions } from "@/components/shell/palette-query";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export type Picked = { id: string; name: string; email: string };

type PersonPickerProps = { picked: Picked | null; onPick: (person: Picked | null) => void };

/** A person by the words of their name or e-mail; the one that was chosen, with the way to another. */
export function PersonPicker({ picked, onPick }: PersonPickerProps) {
  const [words, setWords] = useState("");
  if (picked) {
    return (
      <div className="flex items-center gap-2 rounded-md border bg-sunken px-3 py-2">
        <Avatar id={picked.id} name={picked.name} />
        <span className="min-w-0 flex-1 truncate">
          <b className="font-medium">{picked.name}</b> <span className="text-sm text-text-2">{picked.email}</span>
        </span>
        <Button size="sm" onClick={() => onPick(null)}>
          Another…
        </Button>
      </div>
    );
  }
  return (
    <div>
      <Field label="Customer" note="name or e-mail, two letters at least">
        {(control) => (
          <Input
            {...control}
            type="search"
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
      <Found words={words.trim()} onPick={onPick} />
    </div>
  );
}

function Found({ words, onPick }: { words: string; onPick: (person: Picked) => void }) {
  const { data, isError } = useSuggestions(words);
  if (words.length < 2) return null;
  if (isError) return <p className="mt-1.5 text-sm text-bad">People cannot be searched just now.</p>;
  if (!data) return null;
  if (data.data.length === 0) return <p className="mt-1.5 text-sm text-text-2">Nobody matches “{words}”.</p>;
  return (
    <ul aria-label="People found" className="mt-1.5 overflow-hidden rounded-md border">
      {data.data.map(({ id, display_name: name, email }) => (
        <li key={id}>
          <button
            type="button"
            onClick={() => onPick({ id, name, email })}
            className="flex min-h-8 w-full items-center gap-2 px-2.5 text-left -outline-offset-2 hover:bg-hover touch:min-h-11"
          >
            <Avatar id={id} name={name} />
            <span className="truncate">
              {name} <span className="text-sm text-text-2">{email}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
