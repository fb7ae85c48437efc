import type { Metadata } from "next";
import { Suspense } from "react";
import { Page } from "@/components/shell/page";
import { load } from "@/lib/next/load";
import { getUser } from "@/lib/users/queries";
import { viewer } from "../../viewer";
import { USERS } from "../list-query";
import { mayOf } from "../user-target";
import { ActivityCard } from "./activity-card";
import { IdentityCard } from "./identity-card";
import { PanelSkeleton } from "./panel-skeleton";
import { ProfileCard } from "./profile-card";
import { RolesCard } from "./roles-card";
import { SessionsCard } from "./sessions-card";
import { SubscriptionsCard } from "./subscriptions-card";
import { UserFigures } from "./user-figures";
import { UserHead } from "./user-head";

export const metadata: Metadata = { title: "User" };

export default async function UserPage({ params }: { params: Promise<{ id: string }> }) {
  const user = await load(getUser, { id: (await params).id });
  const { may: mayDo } = await viewer();
  const may = mayOf(mayDo);
  return (
    <Page crumbs={[{ label: "Users", href: USERS }, { label: user.display_name }]}>
      <UserHead user={user} may={may} />
      <UserFigures user={user} />
      <div className="grid items-start gap-3.5 xl:grid-cols-[minmax(0,1fr)_372px]">
        <div className="grid min-w-0 gap-3.5">
          {mayDo("subscriptions.read") ? (
            <Suspense fallback={<PanelSkeleton title="Subscriptions" />}>
              <SubscriptionsCard user={user} />
            </Suspense>
          ) : null}
          <Suspense fallback={<PanelSkeleton title="Profile" />}>
            <ProfileCard user={user} />
          </Suspense>
          <Suspense fallback={<PanelSkeleton title="Activity" />}>
            <ActivityCard user={user} />
          </Suspense>
        </div>
        <div className="grid min-w-0 gap-3.5">
          <IdentityCard user={user} may={may} />
          <RolesCard user={user} />
          <Suspense fallback={<PanelSkeleton title="Sessions" />}>
            <SessionsCard user={user} may={may} mayRevoke={mayDo("sessions.revoke")} />
          </Suspense>
        </div>
      </div>
    </Page>
  );
}
