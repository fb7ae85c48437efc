// The people who run the demo platform. Nobody can sign in as one of them: they have no password.
import type { Role } from "@/lib/auth/permissions";
import { addressPart } from "./cultures";
import { AGE_DAYS, makePerson, type Person } from "./person";

export type Staff = Person & { role: Role };

const ROLES: readonly Role[] = [
  "superadmin",
  "superadmin",
  "superadmin",
  "admin",
  "admin",
  "support",
  "support",
  "support",
  "support",
  "ops",
  "ops",
  "auditor",
  "auditor",
];

const DAY_MS = 86_400_000;

/** They come first, in the platform's first days, and were seen this week. */
export function makeStaff(seed: number, today: Date, taken: Set<string>): Staff[] {
  return ROLES.map((role, index) => {
    const person = makePerson(seed, index, today, taken);
    const { row, given, family, random } = person;
    taken.delete(row.email);
    const email = `${addressPart(given)}.${addressPart(family)}@quadrant.example`;
    taken.add(email);
    const createdAt = new Date(today.getTime() - (AGE_DAYS + 1 + ROLES.length - index) * DAY_MS).toISOString();
    return {
      ...person,
      role,
      row: {
        ...row,
        email,
        status: "active",
        suspended_reason: null,
        email_verified_at: createdAt,
        last_seen_at: new Date(today.getTime() - random.next() * 5 * DAY_MS).toISOString(),
        epoch: 0,
        version: random.between(1, 3),
        created_at: createdAt,
        updated_at: createdAt,
        deleted_at: null,
      },
    };
  });
}
