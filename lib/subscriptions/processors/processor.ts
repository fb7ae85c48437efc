// What a payment processor has to be able to do. It is asked by the worker only, never inside a transaction.
import "server-only";
import type { Currency } from "@/lib/plans/schema";
import type { Provider } from "../schema";
import { manual } from "./manual";
import { testProcessor } from "./test";

export type Order = {
  /** Our transaction's id: asked twice with the same key, a processor acts once. */
  key: string;
  amount_minor: number;
  currency: Currency;
  payment_method: string | null;
  /** Aborts when the time for an answer is over. */
  signal: AbortSignal;
};

export type Answer =
  | { outcome: "succeeded"; reference: string }
  | { outcome: "declined"; reason: string }
  /** It will say so later, by an event. */
  | { outcome: "waiting" };

export type Processor = {
  /** Takes money from the customer; some processors answer more than once. */
  collect(order: Order): Promise<readonly Answer[]>;
  /** Gives money back. */
  giveBack(order: Order): Promise<readonly Answer[]>;
};

export const PROCESSORS: Record<Provider, Processor> = { manual, test: testProcessor };
