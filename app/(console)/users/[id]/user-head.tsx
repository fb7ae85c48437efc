import { Ban, CircleCheck, LogOut, Pencil, ShieldCheck } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { buttonStyle } from "@/components/ui/button-style";
import { Copy } from "@/components/ui/copy";
import { Mono } from "@/components/ui/mono";
import { Note } from "@/components/ui/note";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { USER_STATUS, type User } from "@/lib/users/schema";
import { UserAction } from "../user-action";
import { targetOf, type UserMay } from "../user-target";

type UserHeadProps = { user: User; may: UserMay };

/** Who this is and what can be done with them. */
export function UserHead({ user, may }: UserHeadProps) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <Avatar id={user.id} name={user.display_name} size={44} />
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-2">
            <h1 className="truncate text-2xl font-semibold tracking-[-0.02em]">{user.display_name}</h1>
            <Status status={USER_STATUS[user.status]} />
          </div>
          <p className="flex flex-wrap items-center gap-x-1.5 text-sm text-text-2">
            <span className="inline-flex min-w-0 items-center gap-1">
              <span className="truncate">{user.email}</span>
              {user.email_verified_at ? (
                <span title="Verified" className="text-ok">
                  <ShieldCheck size={13} aria-hidden />
                  <span className="sr-only">verified</span>
                </span>
              ) : null}
            </span>
            <span aria-hidden className="text-text-3">
              ·
            </span>
            <span className="inline-flex items-center gap-0.5">
              <Mono className="max-md:max-w-[22ch] max-md:truncate max-md:[overflow-wrap:normal]">{user.id}</Mono>
              <Copy text={user.id} label="Copy the id" />
            </span>
            <span aria-hidden className="text-text-3">
              ·
            </span>
            version {user.version}
          </p>
        </div>
        <Actions user={user} may={may} />
      </div>
      {user.status === "suspended" ? <Suspension user={user} /> : null}
    </>
  );
}

function Actions({ user, may }: UserHeadProps) {
  const target = targetOf(user);
  return (
    <div className="ml-auto flex flex-wrap gap-2 max-md:ml-0">
      {may.edit ? (
        <UserAction user={target} command="edit" data-shortcut="edit" aria-keyshortcuts="E" className={buttonStyle()}>
          <Pencil size={14} aria-hidden />
          Edit…
        </UserAction>
      ) : null}
      {may.signOut ? (
        <UserAction user={target} command="sign-out" className={buttonStyle()}>
          <LogOut size={14} aria-hidden />
          Sign out everywhere…
        </UserAction>
      ) : null}
      {may.suspend ? <StatusAction user={user} /> : null}
    </div>
  );
}

function StatusAction({ user }: { user: User }) {
  const shared = { user: targetOf(user), "data-shortcut": "suspend", "aria-keyshortcuts": "S" };
  if (user.status === "suspended") {
    return (
      <UserAction {...shared} command="reactivate" className={buttonStyle({ variant: "primary" })}>
        <CircleCheck size={14} aria-hidden />
        Reactivate…
      </UserAction>
    );
  }
  return user.status === "active" ? (
    <UserAction {...shared} command="suspend" className={buttonStyle({ variant: "danger" })}>
      <Ban size={14} aria-hidden />
      Suspend…
    </UserAction>
  ) : null;
}

function Suspension({ user }: { user: User }) {
  return (
    <Note
      tone="bad"
      icon={Ban}
      title={user.suspended_until ? "Suspended for a time" : "Suspended until someone ends it"}
    >
      {user.suspended_until ? (
        <>
          Ends <Time value={user.suspended_until} mode="utc" focusable /> UTC.{" "}
        </>
      ) : null}
      {user.suspended_reason ? `Reason: ${user.suspended_reason}` : null}
    </Note>
  );
}
