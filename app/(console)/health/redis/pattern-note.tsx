import { CircleCheck, TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { formatNumber } from "@/components/ui/number";
import type { KeyPattern } from "@/lib/health/redis/schema";

/** What stands out of a pattern: not ours, or without an end. */
export function PatternNote({ pattern: { purpose, lasting, ttl_s } }: { pattern: KeyPattern }) {
  if (lasting > 0) {
    const words = ttl_s === null ? "No time to live" : `${formatNumber(lasting)} seen without an end`;
    return (
      <Badge tone="warn" icon={TriangleAlert} quiet>
        {words}
      </Badge>
    );
  }
  return purpose ? (
    <Badge tone="ok" icon={CircleCheck} quiet>
      As designed
    </Badge>
  ) : (
    <Badge tone="off" quiet>
      Not ours, ends by itself
    </Badge>
  );
}
