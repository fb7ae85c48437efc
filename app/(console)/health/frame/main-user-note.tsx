import { UserCog } from "lucide-react";
import { ENGINE_LABELS, type Engine, MAIN_USER } from "@/lib/databases/schema";

const SETTINGS: Record<Engine, string> = {
  postgres: "MONITOR_DATABASE_URL",
  mongodb: "MONGODB_MONITOR_URI",
  redis: "REDIS_MONITOR_URL",
  elasticsearch: "ELASTICSEARCH_MONITOR_URL",
};

/** No check is blind for it, but whoever watches could also write. */
export function MainUserNote({ engine }: { engine: Engine }) {
  const setting = SETTINGS[engine];
  return (
    <p className="flex flex-wrap items-center gap-x-2 border-t px-3.5 py-2 text-sm text-text-2">
      <UserCog size={14} aria-hidden />
      {ENGINE_LABELS[engine]} is watched with {MAIN_USER}. Give the monitor a user of its own:
      <code className="font-mono text-xs">{setting}</code>
    </p>
  );
}
