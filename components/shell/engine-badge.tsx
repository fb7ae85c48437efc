import type { EngineStatus } from "@/lib/databases/schema";
import { Badge } from "../ui/badge";
import { ENGINE_STATUS } from "./engine-status";

/** Healthy is quiet in tables and filled on cards. */
export function EngineBadge({ status, quiet }: { status: EngineStatus; quiet?: boolean }) {
  const { tone, icon, word } = ENGINE_STATUS[status];
  return (
    <Badge tone={tone} icon={icon} quiet={quiet && status === "healthy"}>
      {word}
    </Badge>
  );
}
