import { LogOut, Monitor, Smartphone } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { buttonStyle } from "@/components/ui/button-style";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { formatNumber } from "@/components/ui/number";
import { Tile } from "@/components/ui/tile";
import { Time } from "@/components/ui/time";
import type { Session } from "@/lib/sessions/schema";
import type { User } from "@/lib/users/schema";
import { sessionsOf } from "../sessions-of";
import { UserAction } from "../user-action";
import { targetOf, type UserMay } from "../user-target";
import { PanelFailure } from "./panel-failure";
import { RevokeButton } from "./revoke-button";

type SessionsCardProps = { user: User; may: UserMay; mayRevoke: boolean };

export async function SessionsCard({ user, may, mayRevoke }: SessionsCardProps) {
  const found = await sessionsOf(user.id);
  const live = found.ok ? found.value.data.filter((session) => session.live) : [];
  return (
    <Card>
      <CardHeader title="Sessions" hint={found.ok ? `${formatNumber(found.value.live)} live` : undefined}>
        {may.signOut && live.length > 0 ? (
          <UserAction user={targetOf(user)} command="sign-out" className={buttonStyle({ size: "sm" })}>
            <LogOut size={13} aria-hidden />
            Revoke all…
          </UserAction>
        ) : null}
      </CardHeader>
      {found.ok ? (
        <>
          {live.length === 0 ? (
            <CardBody>
              <p className="text-text-2">Not signed in anywhere.</p>
            </CardBody>
          ) : (
            <ul className="divide-y divide-line">
              {live.map((session) => (
                <SessionRow key={session.id} session={session} name={user.display_name} mayRevoke={mayRevoke} />
              ))}
            </ul>
          )}
          <CardFooter className="text-text-3">
            <Tile code="Pg" size={18} muted />
            PostgreSQL decides, {formatNumber(found.value.data.length - live.length)} ended
          </CardFooter>
        </>
      ) : (
        <PanelFailure failure={found.failure} what="sessions" />
      )}
    </Card>
  );
}

function SessionRow({ session, name, mayRevoke }: { session: Session; name: string; mayRevoke: boolean }) {
  const label = session.ua_label ?? "Unknown device";
  const Icon = /iOS|Android|iPhone|iPad|mobile/i.test(label) ? Smartphone : Monitor;
  return (
    <li className="flex items-center gap-2.5 px-3.5 py-2">
      <Icon size={15} aria-hidden className="text-text-2" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate">{label}</span>
          {session.current ? <Badge>this one</Badge> : null}
        </p>
        <p className="truncate text-sm text-text-2">
          {session.ip_prefix ?? "no address"} · seen <Time value={session.last_seen_at} focusable /> · ends{" "}
          <Time value={session.ends_at} focusable />
        </p>
      </div>
      {mayRevoke ? <RevokeButton id={session.id} version={session.version} label={label} name={name} /> : null}
    </li>
  );
}
