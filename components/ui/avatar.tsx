import clsx from "clsx";

const SIZES = { 22: "size-[22px] text-[10px]", 34: "size-[34px] text-sm", 44: "size-11 text-[16px]" };

type AvatarProps = { id: string; name: string; size?: 22 | 34 | 44; className?: string };

/** Initials on the person's own colour; decorative, the name stands beside it. */
export function Avatar({ id, name, size = 22, className }: AvatarProps) {
  const person = personColor(id);
  return (
    <span
      aria-hidden
      className={clsx("grid flex-none place-items-center rounded-full font-semibold", SIZES[size], className)}
      style={{ color: `var(--person-${person})`, background: `var(--person-${person}-back)` }}
    >
      {initials(name)}
    </span>
  );
}

/** One of eight, the same for a person everywhere. */
function personColor(id: string): number {
  let hash = 0;
  for (const char of id) {
    hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  }
  return (hash % 8) + 1;
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = [...(words[0] ?? "")][0] ?? "?";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}
