import type { Session } from "@/lib/health/postgres/schema";
import type { May } from "../../viewer";
import { RemedyButton } from "../frame/remedy-button";
import { cancelQueryDry, cancelQueryRun, terminateDry, terminateRun } from "./actions";

type SessionButtonsProps = { session: Pick<Session, "pid" | "started" | "state" | "role" | "untouchable">; may: May };

/** Cancel where a statement runs; where none does only ending the session helps. */
export function SessionButtons({ session: { pid, started, state, role, untouchable }, may }: SessionButtonsProps) {
  if (untouchable !== null) return <span className="text-sm text-text-3">{untouchable}</span>;
  const fields = { pid: String(pid), started };
  return (
    <span className="inline-flex gap-1.5">
      {state === "active" && may("health.postgres.cancel-query") ? (
        <RemedyButton
          run={cancelQueryRun}
          dryRun={cancelQueryDry}
          fields={fields}
          label="Cancel"
          ariaLabel={`Cancel the statement of ${pid}`}
          title={`Cancel the statement of session ${pid}`}
          description={`${role} gets an error for this statement; its session stays.`}
          confirm="Cancel statement"
        />
      ) : null}
      {may("health.postgres.terminate") ? (
        <RemedyButton
          run={terminateRun}
          dryRun={terminateDry}
          fields={fields}
          label="End session"
          ariaLabel={`End session ${pid}`}
          title={`End session ${pid}`}
          description={`${role} loses this connection, and what it has not committed is rolled back.`}
          confirm="End session"
          danger
        />
      ) : null}
    </span>
  );
}
