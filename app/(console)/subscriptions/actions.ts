"use server";

import { action, dryRun } from "@/lib/next/action";
import { cancelSubscription, keepSubscription } from "@/lib/subscriptions/cancel/commands";
import { changePlan, changeQuantity, dropChange } from "@/lib/subscriptions/change/commands";
import { compSubscription, createSubscription, extendTrial } from "@/lib/subscriptions/commands";
import {
  addCredit,
  recordPayment,
  refundPayment,
  retryPayment,
  takeBackCredit,
  writeOff,
} from "@/lib/subscriptions/money/commands";
import { pauseCollection, pauseService, resumeSubscription } from "@/lib/subscriptions/pause/commands";

export const createRun = action(createSubscription);
export const createDry = dryRun(createSubscription);
export const changePlanRun = action(changePlan);
export const changePlanDry = dryRun(changePlan);
export const changeQuantityRun = action(changeQuantity);
export const changeQuantityDry = dryRun(changeQuantity);
export const dropChangeRun = action(dropChange);
export const dropChangeDry = dryRun(dropChange);
export const extendTrialRun = action(extendTrial);
export const extendTrialDry = dryRun(extendTrial);
export const compRun = action(compSubscription);
export const compDry = dryRun(compSubscription);
export const keepRun = action(keepSubscription);
export const keepDry = dryRun(keepSubscription);
export const cancelRun = action(cancelSubscription);
export const cancelDry = dryRun(cancelSubscription);
export const pauseRun = action(pauseService);
export const pauseDry = dryRun(pauseService);
export const pauseCollectionRun = action(pauseCollection);
export const pauseCollectionDry = dryRun(pauseCollection);
export const resumeRun = action(resumeSubscription);
export const resumeDry = dryRun(resumeSubscription);
export const addCreditRun = action(addCredit);
export const addCreditDry = dryRun(addCredit);
export const takeBackCreditRun = action(takeBackCredit);
export const takeBackCreditDry = dryRun(takeBackCredit);
export const recordPaymentRun = action(recordPayment);
export const recordPaymentDry = dryRun(recordPayment);
export const refundPaymentRun = action(refundPayment);
export const refundPaymentDry = dryRun(refundPayment);
export const retryPaymentRun = action(retryPayment);
export const retryPaymentDry = dryRun(retryPayment);
export const writeOffRun = action(writeOff);
export const writeOffDry = dryRun(writeOff);
