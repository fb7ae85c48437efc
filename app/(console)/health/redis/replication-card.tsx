import { formatNumber } from "@/components/ui/number";
import { formatValue } from "@/components/ui/value";
import type { RedisState } from "@/lib/health/redis/schema";
import { Fact, Facts } from "./facts";
import { ReadCard } from "./read-card";
import { stateNow } from "./reads";

export async function ReplicationCard() {
  return (
    <ReadCard title="Replication" found={await stateNow()} hint={({ replication }) => replication.role}>
      {({ replication, cluster }) => (
        <Facts>
          <Link {...replication} />
          {replication.replicas.map(({ addr, state, behind_bytes, lag_s }) => (
            <Fact key={addr} state={state === "online" ? "ok" : "warn"} label={addr}>
              {state}, {formatValue(behind_bytes, "bytes")} behind, {formatValue(lag_s, "s")} ago
            </Fact>
          ))}
          <Fact state={(replication.partial_refused ?? 0) > 0 ? "warn" : "ok"} label="Copies">
            {formatNumber(replication.full_copies)} full, {formatNumber(replication.partial_copies)} partial,{" "}
            {formatNumber(replication.partial_refused)} partial refused
          </Fact>
          <Cluster cluster={cluster} />
        </Facts>
      )}
    </ReadCard>
  );
}

function Link({ role, primary, link_up, replicas }: RedisState["replication"]) {
  if (role === "replica") {
    return (
      <Fact state={link_up === null ? null : link_up ? "ok" : "warn"} label="Primary">
        {primary ?? "unknown"}, link {link_up === null ? "not reported" : link_up ? "up" : "down"}
      </Fact>
    );
  }
  return replicas.length > 0 ? null : (
    <Fact state="off" label="Replicas">
      none: while this server is away there is no other
    </Fact>
  );
}

function Cluster({ cluster }: Pick<RedisState, "cluster">) {
  if (cluster === null) {
    return (
      <Fact state="off" label="Cluster">
        not offered: this server runs alone
      </Fact>
    );
  }
  const { state, slots_assigned, slots_ok, nodes, size } = cluster;
  return (
    <Fact state={state === "ok" && slots_ok === slots_assigned ? "ok" : "warn"} label="Cluster">
      state {state}, {formatNumber(slots_ok)} of {formatNumber(slots_assigned)} assigned slots served, {size} shards on{" "}
      {nodes} nodes
    </Fact>
  );
}
