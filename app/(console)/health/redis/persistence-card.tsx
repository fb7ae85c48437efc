import { CardFooter } from "@/components/ui/card";
import { formatNumber } from "@/components/ui/number";
import { Time } from "@/components/ui/time";
import { formatValue } from "@/components/ui/value";
import type { RedisState } from "@/lib/health/redis/schema";
import { Fact, Facts, type FactState } from "./facts";
import { ReadCard } from "./read-card";
import { stateNow } from "./reads";

/** Above it a fork holds all clients noticeably. */
const FORK_LIMIT_MS = 500;

export async function PersistenceCard() {
  return (
    <ReadCard title="Persistence" found={await stateNow()}>
      {({ persistence }) => (
        <>
          <Facts>
            <Snapshot {...persistence} />
            <AppendFile {...persistence} />
            <Fact state={forkState(persistence.fork_ms)} label="Fork">
              {persistence.fork_ms === null
                ? "not reported"
                : `${formatValue(persistence.fork_ms, "ms")}, limit ${FORK_LIMIT_MS} ms`}
            </Fact>
          </Facts>
          <CardFooter className="text-text-3">A snapshot here is not a backup</CardFooter>
        </>
      )}
    </ReadCard>
  );
}

type Persistence = RedisState["persistence"];

function Snapshot({ snapshot_ok, snapshot_at, snapshot_took_s, snapshot_running, changes_since }: Persistence) {
  return (
    <Fact state={stateOf(snapshot_ok)} label="Snapshot">
      {snapshot_running ? "being written; " : ""}
      {snapshot_took_s === null ? "none since the start, " : `took ${formatValue(snapshot_took_s, "s")}, `}
      <Time value={snapshot_at} focusable />
      {changes_since === null ? "" : `, ${formatNumber(changes_since)} changes since`}
    </Fact>
  );
}

function AppendFile({ append_on, append_ok, append_rewrite_ok, append_bytes, delayed_syncs }: Persistence) {
  if (append_on !== true) {
    return (
      <Fact state={append_on === null ? null : "off"} label="Append file">
        {append_on === null ? "not reported" : "off: a crash loses what came after the last snapshot"}
      </Fact>
    );
  }
  const isWell = append_ok !== false && append_rewrite_ok !== false;
  return (
    <Fact state={isWell ? "ok" : "warn"} label="Append file">
      on, last write {append_ok === false ? "failed" : "ok"}, {formatValue(append_bytes, "bytes")}
      {append_rewrite_ok === false ? ", last rewrite failed" : ""}
      {delayed_syncs ? `, ${formatNumber(delayed_syncs)} delayed syncs` : ""}
    </Fact>
  );
}

const stateOf = (ok: boolean | null): FactState => (ok === null ? null : ok ? "ok" : "warn");
const forkState = (ms: number | null): FactState => (ms === null ? null : ms > FORK_LIMIT_MS ? "warn" : "ok");
