import "server-only";
import { cache } from "react";
import { countApprovals } from "@/lib/approvals/queries";
import { attempt } from "@/lib/next/load";

/** Once for the frame and the page in it. */
export const approvalCountsOf = cache(() => attempt(countApprovals, {}));
