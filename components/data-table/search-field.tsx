"use client";

import clsx from "clsx";
import { LoaderCircle, Search } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useRef, useTransition, type ChangeEvent, type ReactNode } from "react";
import { inputStyle } from "../ui/input";

/** How long typing must rest before the list asks again. */
const REST_MS = 180;

type SearchFieldProps = {
  label: string;
  placeholder: string;
  /** The words searched for now. */
  value: string;
  /** The URL parameter. */
  name?: string;
  /** The mode tag at the right: "Anywhere", or a warning when another store answers. */
  mode?: ReactNode;
};

/** Search as you type: the words go to the URL, the server draws the list. */
export function SearchField({ label, placeholder, value, name = "q", mode }: SearchFieldProps) {
  const router = useRouter();
  const params = useSearchParams();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [pending, startTransition] = useTransition();

  function search(event: ChangeEvent<HTMLInputElement>) {
    const words = event.target.value.trim();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const next = new URLSearchParams(params);
      next.delete("after");
      next.delete("before");
      if (words) {
        next.set(name, words);
      } else {
        next.delete(name);
      }
      startTransition(() => router.replace(`?${next}`, { scroll: false }));
    }, REST_MS);
  }

  const Icon = pending ? LoaderCircle : Search;
  return (
    <search className="relative flex w-[340px] items-center max-md:w-full">
      <Icon size={14} aria-hidden className={clsx("absolute left-2.5 text-text-3", pending && "animate-spin")} />
      <input
        type="search"
        name={name}
        aria-label={label}
        placeholder={placeholder}
        defaultValue={value}
        onChange={search}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        data-shortcut="search"
        className={clsx(inputStyle, "h-[30px] pl-8 touch:h-11 [&::-webkit-search-cancel-button]:hidden")}
        style={{ paddingRight: mode ? 172 : undefined }}
      />
      {mode ? <span className="absolute right-1.5 flex">{mode}</span> : null}
    </search>
  );
}
