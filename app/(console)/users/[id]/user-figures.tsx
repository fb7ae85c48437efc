import { Suspense } from "react";
import { formatNumber } from "@/components/ui/number";
import { Stat, Stats } from "@/components/ui/stat";
import { Time } from "@/components/ui/time";
import { formatUtc } from "@/components/ui/time-format";
import type { User } from "@/lib/users/schema";
import { sessionsOf } from "../sessions-of";

/** What is known of a person in five figures. */
export function UserFigures({ user }: { user: User }) {
  return (
    <Stats>
      <Stat
        label="Last seen"
        value={<Time value={user.last_seen_at} focusable />}
        hint={utc(user.last_seen_at, "never")}
      />
      <Suspense fallback={<Stat label="Live sessions" value="…" />}>
        <LiveSessions userId={user.id} />
      </Suspense>
      <Stat
        label="E-mail"
        value={user.email_verified_at ? "Verified" : "Not verified"}
        hint={utc(user.email_verified_at, "the address was never confirmed")}
      />
      <Stat label="Created" value={<Time value={user.created_at} focusable />} hint={utc(user.created_at, "")} />
      <Stat
        label="Last change"
        value={<Time value={user.updated_at} focusable />}
        hint={`version ${formatNumber(user.version)}`}
      />
    </Stats>
  );
}

async function LiveSessions({ userId }: { userId: string }) {
  const sessions = await sessionsOf(userId);
  if (sessions.ok) {
    const { live, data } = sessions.value;
    return (
      <Stat
        label="Live sessions"
        value={formatNumber(live)}
        hint={`${formatNumber(data.length - live)} ended, of the newest 50`}
      />
    );
  }
  return sessions.failure.code === "forbidden" ? (
    <Stat label="Live sessions" value="hidden" hint="by your role" />
  ) : (
    <Stat label="Live sessions" value="Unknown" hint={sessions.failure.message} />
  );
}

function utc(value: string | null, missing: string): string {
  return value ? `${formatUtc(value).slice(0, 16)} UTC` : missing;
}
