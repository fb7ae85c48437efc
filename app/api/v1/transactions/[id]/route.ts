import { route } from "@/lib/next/route";
import { getTransaction } from "@/lib/transactions/queries";

export const GET = route.get(getTransaction);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
