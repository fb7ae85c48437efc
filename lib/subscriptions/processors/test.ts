// A processor without money, for trying out: the end of the payment method says how it behaves.
import "server-only";
import { once } from "node:events";
import type { Answer, Order, Processor } from "./processor";

export const TEST_METHODS = {
  "Test 4242": "succeeds",
  "Test 0002": "declines",
  "Test 0008": "never answers",
  "Test 0009": "answers twice",
} as const;

async function act({ key, payment_method, signal }: Order): Promise<readonly Answer[]> {
  const paid: Answer = { outcome: "succeeded", reference: `test_${key}` };
  switch (payment_method?.slice(-4)) {
    case "0002":
      return [{ outcome: "declined", reason: "The card was declined." }];
    case "0008":
      await once(signal, "abort");
      throw signal.reason;
    case "0009":
      return [paid, paid];
    default:
      return [paid];
  }
}

export const testProcessor: Processor = { collect: act, giveBack: act };
