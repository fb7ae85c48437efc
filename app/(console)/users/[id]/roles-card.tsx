import { ShieldUser } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatNumber } from "@/components/ui/number";
import type { User } from "@/lib/users/schema";
import { USERS } from "../list-query";
import { roleLabel } from "../user-words";

/** The roles of the console; most people have none. */
export function RolesCard({ user }: { user: User }) {
  return (
    <Card>
      <CardHeader title="Roles" hint={user.roles.length > 0 ? formatNumber(user.roles.length) : undefined} />
      <CardBody className="flex flex-wrap gap-2">
        {user.roles.length === 0 ? (
          <p className="text-text-2">No role: this person cannot sign in to the console.</p>
        ) : (
          user.roles.map((role) => (
            <Link
              key={role}
              href={`${USERS}?role=${role}`}
              prefetch={false}
              title="Everyone with this role"
              className="rounded-sm"
            >
              <Badge tone="info" icon={ShieldUser}>
                {roleLabel(role)}
              </Badge>
            </Link>
          ))
        )}
      </CardBody>
    </Card>
  );
}
