"use server";

import { action, dryRun } from "@/lib/next/action";
import { activatePlan, addPrice, createPlan, editPlan, retirePlan, retirePrice } from "@/lib/plans/commands";

export const createRun = action(createPlan);
export const createDry = dryRun(createPlan);
export const editRun = action(editPlan);
export const editDry = dryRun(editPlan);
export const activateRun = action(activatePlan);
export const activateDry = dryRun(activatePlan);
export const retireRun = action(retirePlan);
export const retireDry = dryRun(retirePlan);
export const addPriceRun = action(addPrice);
export const addPriceDry = dryRun(addPrice);
export const retirePriceRun = action(retirePrice);
export const retirePriceDry = dryRun(retirePrice);
