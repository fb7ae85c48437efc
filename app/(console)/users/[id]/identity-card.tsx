import { Pencil } from "lucide-react";
import { buttonStyle } from "@/components/ui/button-style";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionList, Item } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import type { User } from "@/lib/users/schema";
import { UserAction } from "../user-action";
import { targetOf, type UserMay } from "../user-target";

const COUNTRIES = new Intl.DisplayNames("en", { type: "region", fallback: "code" });
const LANGUAGES = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

export function IdentityCard({ user, may }: { user: User; may: UserMay }) {
  return (
    <Card>
      <CardHeader title="Identity">
        {may.edit ? (
          <UserAction user={targetOf(user)} command="edit" className={buttonStyle({ size: "sm" })}>
            <Pencil size={13} aria-hidden />
            Edit…
          </UserAction>
        ) : null}
      </CardHeader>
      <CardBody>
        <DescriptionList>
          <Item label="Full name">{user.display_name}</Item>
          <Item label="E-mail">{user.email}</Item>
          <Item label="Country">{user.country ? nameOf(COUNTRIES, user.country) : "–"}</Item>
          <Item label="Language">{nameOf(LANGUAGES, user.locale)}</Item>
          <Item label="Time zone">{user.time_zone}</Item>
          <Item label="Created">
            <Time value={user.created_at} mode="day" focusable />
          </Item>
        </DescriptionList>
      </CardBody>
    </Card>
  );
}

function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
