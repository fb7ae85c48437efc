import { route } from "@/lib/next/route";
import { EXPORT_COLUMNS } from "@/lib/subscriptions/export";
import { exportSubscriptions } from "@/lib/subscriptions/queries";

export const GET = route.download(exportSubscriptions, "subscriptions", EXPORT_COLUMNS);
export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route.rest("GET");
