import clsx from "clsx";

const SIZES = {
  18: "size-[18px] rounded-xs text-[10px]",
  22: "size-[22px] rounded-sm text-xs",
  32: "size-8 rounded-md text-lg",
};

type TileProps = { code: string; size?: 18 | 22 | 32; muted?: boolean };

/** Two letters of a store in an ink square; beside its name, so hidden from screen readers. */
export function Tile({ code, size = 22, muted = false }: TileProps) {
  return (
    <span
      aria-hidden
      className={clsx(
        "grid flex-none place-items-center font-semibold tracking-[-0.02em]",
        SIZES[size],
        muted ? "bg-off-soft text-text-2" : "bg-ink text-on-ink",
      )}
    >
      {code}
    </span>
  );
}
