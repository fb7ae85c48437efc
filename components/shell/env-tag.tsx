import clsx from "clsx";

export type Environment = "Local" | "Production";

const SHORT: Record<Environment, string> = { Local: "Local", Production: "Prod" };

type EnvTagProps = { environment: Environment; short?: boolean; className?: string };

/** Red in production, so that nobody mistakes it. */
export function EnvTag({ environment, short = false, className }: EnvTagProps) {
  const tone = environment === "Production" ? "border-bad/32 text-bad" : "border-line-2 text-text-2";
  return (
    <span className={clsx("rounded-xs border px-[5px] text-xs leading-[17px] font-medium", tone, className)}>
      {short ? SHORT[environment] : environment}
    </span>
  );
}
