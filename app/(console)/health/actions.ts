"use server";

import { endMaintenance, startMaintenance } from "@/lib/health/commands";
import { action, dryRun } from "@/lib/next/action";

export const startMaintenanceRun = action(startMaintenance);
export const startMaintenanceDry = dryRun(startMaintenance);
export const endMaintenanceRun = action(endMaintenance);
export const endMaintenanceDry = dryRun(endMaintenance);
