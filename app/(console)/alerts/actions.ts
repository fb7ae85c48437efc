"use server";

import {
  acknowledgeAlert,
  createRule,
  deleteRule,
  editRule,
  muteRule,
  unacknowledgeAlert,
  unmuteRule,
} from "@/lib/alerts/commands";
import { createChannel, deleteChannel, editChannel, replayDelivery, testChannel } from "@/lib/alerts/delivery/commands";
import { action, dryRun } from "@/lib/next/action";

export const acknowledgeRun = action(acknowledgeAlert);
export const acknowledgeDry = dryRun(acknowledgeAlert);
export const unacknowledgeRun = action(unacknowledgeAlert);
export const unacknowledgeDry = dryRun(unacknowledgeAlert);
export const muteRun = action(muteRule);
export const muteDry = dryRun(muteRule);
export const unmuteRun = action(unmuteRule);
export const unmuteDry = dryRun(unmuteRule);
export const createRuleRun = action(createRule);
export const createRuleDry = dryRun(createRule);
export const editRuleRun = action(editRule);
export const editRuleDry = dryRun(editRule);
export const deleteRuleRun = action(deleteRule);
export const deleteRuleDry = dryRun(deleteRule);
export const createChannelRun = action(createChannel);
export const createChannelDry = dryRun(createChannel);
export const editChannelRun = action(editChannel);
export const editChannelDry = dryRun(editChannel);
export const deleteChannelRun = action(deleteChannel);
export const deleteChannelDry = dryRun(deleteChannel);
export const testChannelRun = action(testChannel);
export const testChannelDry = dryRun(testChannel);
export const replayRun = action(replayDelivery);
export const replayDry = dryRun(replayDelivery);
