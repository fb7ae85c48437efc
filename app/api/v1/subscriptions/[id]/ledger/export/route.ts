import { route } from "@/lib/next/route";
import { ledgerColumns } from "@/lib/subscriptions/detail/columns";
import { exportLedger } from "@/lib/subscriptions/detail/queries";

export const GET = route.download(exportLedger, "ledger", ledgerColumns);
export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
