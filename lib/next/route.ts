import "server-only";
import { currentContext, currentRequestId } from "./context";
import { createRoute } from "./http";
import { assertSameOrigin } from "./origin";
import { stores } from "./stores";

/** One line per method: `export const GET = route.get(listUsers)`. */
export const route = createRoute({
  context: () => currentContext("api"),
  requestId: currentRequestId,
  checkOrigin: assertSameOrigin,
  stores,
});
