import "server-only";
import { fold } from "./fold";
import type { User } from "./schema";

export type UserDocument = {
  id: string;
  email: string;
  /** Folded name and the parts of the address: what a search for any word of either finds. */
  words: string;
  name: string;
  status: User["status"];
  roles: string[];
  country: string | null;
  locale: string;
  created_at: string;
  last_seen_at: string | null;
  version: number;
  deleted: boolean;
};

/** The entry of one person in the users index; its `_id` is the person's id, its external version the row's. */
export function toDocument(user: User, deleted = false): UserDocument {
  const name = fold(user.display_name);
  return {
    id: user.id,
    email: user.email,
    words: `${name} ${fold(user.email)}`.trim(),
    name,
    status: user.status,
    roles: user.roles,
    country: user.country,
    locale: user.locale,
    created_at: user.created_at,
    last_seen_at: user.last_seen_at,
    version: user.version,
    deleted,
  };
}
