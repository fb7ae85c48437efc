import { Skeleton } from "@/components/ui/skeleton";

const STORES = ["postgres", "mongodb", "redis", "elasticsearch"];

/** The shape of the preview while the dry run is under way. */
export function PreviewWaiting({ act = false }: { act?: boolean | undefined }) {
  return (
    <div role="status" className="space-y-2.5 px-[22px] py-3.5 max-md:px-4">
      <p className="text-text-2">{act ? "Looking at it as it is now…" : "Trying it on live data, rolled back…"}</p>
      <div aria-hidden className="divide-y divide-line rounded-[9px] border">
        {STORES.map((store) => (
          <div key={store} className="flex h-8 items-center gap-6 px-3.5">
            <Skeleton className="w-28" />
            <Skeleton className="w-64" />
          </div>
        ))}
      </div>
    </div>
  );
}
