import { EyeOff, OctagonX } from "lucide-react";
import { Mono } from "@/components/ui/mono";
import type { Failure } from "@/lib/next/failure";

/** A panel without its data, in a few lines: hidden by the role, or its store did not answer. */
export function PanelFailure({ failure, what }: { failure: Failure; what: string }) {
  const denied = failure.code === "forbidden";
  const Icon = denied ? EyeOff : OctagonX;
  return (
    <div role={denied ? undefined : "alert"} className="status flex gap-2.5 px-3.5 py-3.5">
      <Icon size={15} aria-hidden className={denied ? "mt-0.5 text-text-2" : "mt-0.5 text-bad"} />
      <p className="min-w-0 text-text-2">
        <b className="block font-medium text-text">{denied ? `You may not see ${what}` : failure.message}</b>
        {denied
          ? "There may be some: they are hidden by your role."
          : "The rest of the page works. Reload to try again."}{" "}
        {failure.code === "internal" ? <Mono>{failure.request_id}</Mono> : null}
      </p>
    </div>
  );
}
