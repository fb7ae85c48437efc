import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { DescriptionList, Item } from "@/components/ui/description-list";
import { Tile } from "@/components/ui/tile";
import { Time } from "@/components/ui/time";
import { formatDay } from "@/components/ui/time-format";
import { attempt } from "@/lib/next/load";
import { getProfile } from "@/lib/profiles/queries";
import type { Profile } from "@/lib/profiles/schema";
import type { User } from "@/lib/users/schema";
import { PanelFailure } from "./panel-failure";

/** The document of a person in MongoDB; without MongoDB only this card is empty. */
export async function ProfileCard({ user }: { user: User }) {
  const found = await attempt(getProfile, { id: user.id });
  return (
    <Card>
      <CardHeader title="Profile" hint="what the person wrote about themselves" />
      {found.ok ? <Body profile={found.value} /> : <PanelFailure failure={found.failure} what="profiles" />}
      <CardFooter className="text-text-3">
        <Tile code="Mo" size={18} muted />
        <span>
          MongoDB
          {found.ok && found.value ? (
            <>
              , revision {found.value.revision}, changed <Time value={found.value.updated_at} focusable />
            </>
          ) : null}
        </span>
      </CardFooter>
    </Card>
  );
}

function Body({ profile }: { profile: Profile | null }) {
  if (!profile) {
    return (
      <CardBody>
        <p className="text-text-2">No profile: this person has not filled one in.</p>
      </CardBody>
    );
  }
  const name = [profile.first_name, profile.last_name].filter(Boolean).join(" ");
  return (
    <CardBody>
      <DescriptionList>
        <Item label="Name">{name || "–"}</Item>
        <Item label="About">
          <span className="whitespace-pre-line">{profile.bio || "–"}</span>
        </Item>
        {Object.entries(profile.attributes).map(([name, { t, v }]) => (
          <Item key={name} label={words(name)}>
            {t === "date" || t === "time"
              ? formatDay(String(v))
              : typeof v === "boolean"
                ? v
                  ? "yes"
                  : "no"
                : String(v)}
          </Item>
        ))}
      </DescriptionList>
    </CardBody>
  );
}

/** `favourite_colour` → `Favourite colour`. */
function words(name: string): string {
  const text = name.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
