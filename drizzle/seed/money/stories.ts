// Who of the demo people pays, for what, since when.
import { addDays } from "@/lib/subscriptions/period";
import type { Currency } from "@/lib/plans/schema";
import type { Platform } from "../people";
import type { Person } from "../person";
import { type Random, seededRandom } from "../random";
import type { Price } from "./catalog";
import { drawFate, drawFateOfNew, type Fate } from "./fates";
import { type Story, tellStory } from "./story";

/** The books begin this long ago. */
export const BOOKS_DAYS = 426;
const PAYING = 0.34;
const WITH_A_SECOND = 0.05;
const NEW = 0.08;
/** Those whose fate needs a past are at least this old. */
const GROWN_DAYS = 75;
const NEEDS_NO_PAST: readonly Fate[] = ["steady", "discount", "differs", "ending", "scheduled"];
const STREAM = 5_000_000;

const CURRENCY_OF: Record<string, Currency> = { US: "USD", GB: "GBP", JP: "JPY", IN: "INR" };
const EURO = ["DE", "FR", "IT", "ES", "PT", "NL", "BE", "AT", "IE", "FI", "GR", "EE", "LT", "LV", "SK", "SI", "HR"];
const currencyOf = (country: string): Currency => CURRENCY_OF[country] ?? (EURO.includes(country) ? "EUR" : "USD");

/** In the order of the people; the same for the same seed, day and prices. */
export function tellStories(seed: number, { staff, people }: Platform, prices: readonly Price[], today: Date): Story[] {
  const managers = staff.filter(({ role }) => role === "admin" || role === "superadmin").map(({ row }) => row.id);
  return people.flatMap((person, index) => {
    const random = seededRandom(seed, STREAM + index);
    const { status, deleted_at } = person.row;
    if (deleted_at || !(status === "active" || status === "suspended") || !random.chance(PAYING)) return [];
    const first = tell(person, null, { random, prices, managers, today });
    if (!random.chance(WITH_A_SECOND)) return [first];
    return [first, tell(person, first.row.plan_id, { random, prices, managers, today })];
  });
}

type Stage = { random: Random; prices: readonly Price[]; managers: readonly string[]; today: Date };

function tell({ row }: Person, otherThan: string | null, { random, prices, managers, today }: Stage): Story {
  const known = new Date(row.created_at);
  const oldest = new Date(Math.max(known.getTime(), addDays(today, -BOOKS_DAYS).getTime()));
  const grown = addDays(today, -GROWN_DAYS);
  const drawn = random.chance(NEW) ? drawFateOfNew(random) : drawFate(random);
  const isYoung = NEEDS_NO_PAST.includes(drawn);
  const fate = !isYoung && oldest >= grown ? drawFateOfNew(random) : drawn;
  const isNew = fate.startsWith("trial") || fate === "incomplete";
  const recent = addDays(today, -1);
  const [from, to] = isNew ? [latest(oldest, addDays(today, -20)), recent] : [oldest, isYoung ? recent : grown];
  const started = new Date(from.getTime() + random.next() * Math.max(to.getTime() - from.getTime(), 0));
  const price = choose(prices, currencyOf(row.country), fate, started, otherThan, random);
  const quantity = price.plan_code === "starter" || price.plan_code === "solo-2024" ? 1 : seats(price, random);
  return tellStory({ user_id: row.id, price, quantity, fate, started, until: today, staff: managers, prices, random });
}

const latest = (a: Date, b: Date) => (a > b ? a : b);

function seats({ plan_code }: Price, random: Random): number {
  const most = { team: 12, business: 40, enterprise: 60 }[plan_code] ?? 5;
  return Math.max(2, Math.ceil(most * random.next() ** 2));
}

/** A price that was sold on that day; month by month for those whose fate hangs on a recent renewal. */
function choose(
  prices: readonly Price[],
  currency: Currency,
  fate: Fate,
  started: Date,
  otherThan: string | null,
  random: Random,
): Price {
  const isMonthly =
    fate === "past_due" || fate === "written_off" || fate.startsWith("collection") || random.chance(0.72);
  const codes = ["starter", "starter", "team", "team", "team", "business", "business", "enterprise", "solo-2024"];
  const wanted = fate.startsWith("trial") ? random.pick(["starter", "team", "business"]) : random.pick(codes);
  const code = fate === "upgrade" || fate === "downgrade" ? random.pick(["team", "business"]) : wanted;
  const sold = prices.filter(
    (price) => price.plan_id !== otherThan && price.plan_code !== "studio" && wasSold(price, prices, started),
  );
  const fits = [
    (price: Price) =>
      price.plan_code === code && price.currency === currency && isMonthly === (price.period === "month"),
    (price: Price) => price.plan_code === code && price.currency === currency,
    (price: Price) => price.currency === currency,
  ];
  return random.pick(fits.map((fit) => sold.filter(fit)).find((found) => found.length > 0) ?? sold);
}

/** The one that replaced it, if any, came later. */
function wasSold(price: Price, prices: readonly Price[], day: Date): boolean {
  if (price.created_at > day) return false;
  if (price.active) return true;
  return prices.some((newer) => newer.active && isSameOffer(newer, price) && newer.created_at > day);
}

const isSameOffer = (a: Price, b: Price) =>
  a.plan_id === b.plan_id && a.currency === b.currency && a.period === b.period && a.period_count === b.period_count;
