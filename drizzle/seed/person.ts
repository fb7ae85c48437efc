// One invented person; everything about them follows from the seed and their number, dates from the day of seeding.
import { addressPart, CULTURES } from "./cultures";
import { type Random, seededRandom, uuidAt } from "./random";

export type PersonRow = {
  id: string;
  email: string;
  display_name: string;
  status: "invited" | "unverified" | "active" | "suspended" | "archived";
  suspended_reason: string | null;
  suspended_until: string | null;
  suspended_by: string | null;
  invited_by: string | null;
  email_verified_at: string | null;
  locale: string;
  time_zone: string;
  country: string;
  last_seen_at: string;
  epoch: number;
  version: number;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
};

export type Person = { row: PersonRow; given: string; family: string; random: Random };

const DAY_MS = 86_400_000;
/** The platform opened this long ago. */
export const AGE_DAYS = 3 * 365;
const DOMAINS = ["example.com", "example.org", "example.net", "mail.example", "post.example", "inbox.example"];

/** Share of a status among people, and how likely one of them was put in the trash. */
const STATUSES: readonly (readonly [PersonRow["status"], number])[] = [
  ["active", 0.845],
  ["unverified", 0.06],
  ["invited", 0.035],
  ["suspended", 0.015],
  ["archived", 0.045],
];
const TRASHED = 0.01;

export const SUSPENSION_REASONS = [
  "Sends unsolicited offers to other members",
  "Card reported stolen by its owner",
  "Signs in from two continents within minutes; password reset asked for",
  "Posted personal data of another member",
  "Second account of a suspended member",
  "Harassment in comments, third warning",
  "Scrapes listings at 40 requests a second",
  "Chargeback on the last three invoices",
];

/** `taken` holds the addresses given out so far; the new one is added to it. */
export function makePerson(seed: number, index: number, today: Date, taken: Set<string>): Person {
  const random = seededRandom(seed, index);
  const culture = random.pick(CULTURES);
  const home = random.pick(culture.homes);
  const given = random.pick(culture.given);
  const family = random.pick(culture.family);
  const status = weighted(random);
  // Growing: twice as many arrive in the last year as in the first.
  const ageMs = (1 - Math.sqrt(random.next())) * AGE_DAYS * DAY_MS;
  const createdAt = new Date(today.getTime() - Math.max(ageMs, 60_000));
  const seenAt = lastSeen(random, status, createdAt, today);
  const verifiedAt =
    status === "invited" || status === "unverified"
      ? null
      : earlier(after(createdAt, random.next() * 2 * DAY_MS), today);
  const deletedAt = random.chance(TRASHED) ? between(random, seenAt ?? createdAt, today) : null;
  const changedAt = [createdAt, verifiedAt, deletedAt].reduce<Date>((a, b) => (b && b > a ? b : a), createdAt);
  const row: PersonRow = {
    id: uuidAt(createdAt, random),
    email: address(random, given, family, taken),
    display_name: `${given} ${family}`,
    status,
    suspended_reason: status === "suspended" ? random.pick(SUSPENSION_REASONS) : null,
    suspended_until: null,
    suspended_by: null,
    invited_by: null,
    email_verified_at: verifiedAt?.toISOString() ?? null,
    ...home,
    last_seen_at: (seenAt ?? new Date(0)).toISOString(),
    epoch: status === "suspended" || status === "archived" ? 1 : 0,
    version: status === "active" ? random.between(1, 4) : random.between(2, 5),
    created_at: createdAt.toISOString(),
    updated_at: changedAt.toISOString(),
    deleted_at: deletedAt?.toISOString() ?? null,
  };
  return { row, given, family, random };
}

function weighted(random: Random): PersonRow["status"] {
  let left = random.next();
  for (const [status, share] of STATUSES) {
    left -= share;
    if (left < 0) return status;
  }
  return "active";
}

/** Never for the invited; long ago for the archived; for most others in the last weeks. */
function lastSeen(random: Random, status: PersonRow["status"], createdAt: Date, today: Date): Date | null {
  if (status === "invited" || (status === "unverified" && random.chance(0.6))) return null;
  if (status === "unverified") return earlier(after(createdAt, random.next() * DAY_MS), today);
  const lived = today.getTime() - createdAt.getTime();
  const share = status === "archived" ? random.next() * 0.6 : 1 - random.next() ** 4;
  return after(createdAt, lived * share);
}

function address(random: Random, given: string, family: string, taken: Set<string>): string {
  const [first, last] = [addressPart(given), addressPart(family)];
  const local = random.pick([
    `${first}.${last}`,
    `${first}.${last}`,
    `${first[0]}.${last}`,
    `${last}.${first}`,
    first + last,
  ]);
  const domain = random.pick(DOMAINS);
  let email = `${local}@${domain}`;
  for (let number = 2; taken.has(email); number += 1) {
    email = `${local}${number}@${domain}`;
  }
  taken.add(email);
  return email;
}

const after = (date: Date, ms: number) => new Date(date.getTime() + ms);
const earlier = (a: Date, b: Date) => (a < b ? a : b);
const between = (random: Random, from: Date, to: Date) => after(from, random.next() * (to.getTime() - from.getTime()));
