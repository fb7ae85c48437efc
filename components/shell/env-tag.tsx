import clsx from "clsx";

export type Environment = "Local" | "Production";

/** Red in production, so that nobody mistakes it. */
export function EnvTag({ environment, className }: { environment: Environment; className?: string }) {
  const tone = environment === "Production" ? "border-bad/32 text-bad" : "border-line-2 text-text-2";
  return (
    <span className={clsx("rounded-xs border px-[5px] text-xs leading-[17px] font-medium", tone, className)}>
      {environment}
    </span>
  );
}
