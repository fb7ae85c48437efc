import "server-only";
import * as alertCommands from "./alerts/commands";
import * as deliveryCommands from "./alerts/delivery/commands";
import * as deliveryQueries from "./alerts/delivery/queries";
import * as alertQueries from "./alerts/queries";
import * as approvalCommands from "./approvals/commands";
import * as approvalQueries from "./approvals/queries";
import * as auditQueries from "./audit/queries";
import { isOperation, type Operation } from "./core/operation";
import * as healthCommands from "./health/commands";
import * as elasticsearchCommands from "./health/elasticsearch/commands";
import * as elasticsearchQueries from "./health/elasticsearch/queries";
import * as mongodbCommands from "./health/mongodb/commands";
import * as mongodbQueries from "./health/mongodb/queries";
import * as postgresCommands from "./health/postgres/commands";
import * as postgresQueries from "./health/postgres/queries";
import * as healthQueries from "./health/queries";
import * as redisCommands from "./health/redis/commands";
import * as redisQueries from "./health/redis/queries";
import * as planCommands from "./plans/commands";
import * as planQueries from "./plans/queries";
import * as processorEventCommands from "./processor-events/commands";
import * as processorEventQueries from "./processor-events/queries";
import * as profileQueries from "./profiles/queries";
import * as revenueCommands from "./revenue/commands";
import * as revenueQueries from "./revenue/queries";
import * as sessionCommands from "./sessions/commands";
import * as sessionQueries from "./sessions/queries";
import * as subscriptionCollect from "./subscriptions/collection/commands";
import * as subscriptionBilling from "./subscriptions/billing/commands";
import * as subscriptionCancel from "./subscriptions/cancel/commands";
import * as subscriptionChange from "./subscriptions/change/commands";
import * as subscriptionCommands from "./subscriptions/commands";
import * as subscriptionDetail from "./subscriptions/detail/queries";
import * as subscriptionMoney from "./subscriptions/money/commands";
import * as subscriptionPause from "./subscriptions/pause/commands";
import * as subscriptionQueries from "./subscriptions/queries";
import * as transactionQueries from "./transactions/queries";
import * as userCommands from "./users/commands";
import * as userQueries from "./users/queries";

const modules: readonly object[] = [
  alertCommands,
  alertQueries,
  approvalCommands,
  approvalQueries,
  auditQueries,
  deliveryCommands,
  deliveryQueries,
  elasticsearchCommands,
  elasticsearchQueries,
  healthCommands,
  healthQueries,
  mongodbCommands,
  mongodbQueries,
  postgresCommands,
  postgresQueries,
  redisCommands,
  redisQueries,
  planCommands,
  planQueries,
  processorEventCommands,
  processorEventQueries,
  profileQueries,
  revenueCommands,
  revenueQueries,
  sessionCommands,
  sessionQueries,
  subscriptionBilling,
  subscriptionCancel,
  subscriptionChange,
  subscriptionCollect,
  subscriptionCommands,
  subscriptionDetail,
  subscriptionMoney,
  subscriptionPause,
  subscriptionQueries,
  transactionQueries,
  userCommands,
  userQueries,
];

/** Every operation by its action. Given to `lib/core` by whoever opens the stores, never imported by it. */
export const operations: ReadonlyMap<string, Operation> = collect();

function collect(): Map<string, Operation> {
  const found = new Map<string, Operation>();
  for (const operation of modules.flatMap((module) => Object.values(module)).filter(isOperation)) {
    if (found.has(operation.action)) throw new TypeError(`Two operations are called ${operation.action}.`);
    found.set(operation.action, operation);
  }
  return found;
}
