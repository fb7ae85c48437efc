import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AddCredit, CreateSubscription } from "@/lib/subscriptions/schema";
import { whole } from "./schema";

const tried = (value: unknown) => whole(-5, 100).safeParse(value);

describe("a whole number", () => {
  it.each([7, "7", "+7", "007"])("is %j", (value) => expect(tried(value).data).toBe(7));

  it("may be negative", () => expect(["-5", -5].map((value) => tried(value).data)).toEqual([-5, -5]));

  it.each([true, false, [7], ["7"], {}, null, undefined, "", " 7", "7 ", "0x10", "1e2", "7.0", "seven", 7.5, NaN])(
    "is not %j",
    (value) => expect(tried(value).error?.issues).toMatchObject([{ message: "has to be a whole number" }]),
  );

  it.each([-6, 101, "101", Infinity, 1e300, "9999999999999999"])("is not too small or large, as %j is", (value) =>
    expect(tried(value).success).toBe(false),
  );

  it("stands in the documentation with its bounds", () => {
    const { properties } = z.toJSONSchema(z.strictObject({ n: whole(1, 9) }), { io: "input" });
    expect(properties).toEqual({ n: { type: "integer", minimum: 1, maximum: 9 } });
  });

  it.each([true, [7], "0x10", null, "1e3"])("is what an amount is, and %j is none", (amount_minor) => {
    const id = crypto.randomUUID();
    const { error } = AddCredit.safeParse({ id, version: 1, amount_minor, reason: "Sorry" });
    expect(error?.issues.map(({ path }) => path)).toEqual([["amount_minor"]]);
    const made = { user_id: id, price_id: id, quantity: amount_minor, reason: "Agreed" };
    expect(CreateSubscription.safeParse(made).success).toBe(false);
  });
});
