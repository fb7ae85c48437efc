import "server-only";
import { noun } from "@/lib/core/operation";
import { Transaction } from "./schema";

/** Read only: transactions are written by the commands of their subscription. */
export const transaction = noun({ name: "transaction", store: "app", shape: Transaction, personal: [], index: null });
