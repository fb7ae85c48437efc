// Payments outside of any processor: bank transfers, cheques, cash. People record them.
import "server-only";
import type { Processor } from "./processor";

const byHand = async () => [{ outcome: "waiting" as const }];

export const manual: Processor = { collect: byHand, giveBack: byHand };
