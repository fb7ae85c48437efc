import "server-only";
import * as auditQueries from "./audit/queries";
import { isOperation, type Operation } from "./core/operation";
import * as healthQueries from "./health/queries";
import * as profileQueries from "./profiles/queries";
import * as sessionCommands from "./sessions/commands";
import * as sessionQueries from "./sessions/queries";
import * as userCommands from "./users/commands";
import * as userQueries from "./users/queries";

const modules: readonly object[] = [
  auditQueries,
  healthQueries,
  profileQueries,
  sessionCommands,
  sessionQueries,
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
