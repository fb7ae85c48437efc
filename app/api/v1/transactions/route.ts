import { route } from "@/lib/next/route";
import { listTransactions } from "@/lib/transactions/queries";

export const GET = route.get(listTransactions);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
