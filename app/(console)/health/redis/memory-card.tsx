import { Meter } from "@/components/charts/meter";
import { CardBody, CardFooter } from "@/components/ui/card";
import { DescriptionList, Item } from "@/components/ui/description-list";
import { formatNumber } from "@/components/ui/number";
import { formatValue } from "@/components/ui/value";
import type { RedisState } from "@/lib/health/redis/schema";
import { RemedyButton } from "../frame/remedy-button";
import { purgeMemoryDry, purgeMemoryRun } from "./actions";
import { ReadCard } from "./read-card";
import { stateNow } from "./reads";

const bytes = (value: number | null) => formatValue(value, "bytes");

export async function MemoryCard({ mayPurge }: { mayPurge: boolean }) {
  return (
    <ReadCard
      title="Memory"
      found={await stateNow()}
      hint={({ memory }) => memory.policy ?? undefined}
      controls={({ memory }) =>
        mayPurge && memory.allocator?.startsWith("jemalloc") ? (
          <RemedyButton
            run={purgeMemoryRun}
            dryRun={purgeMemoryDry}
            fields={{}}
            label="Purge…"
            ariaLabel="Purge memory…"
            title="Purge memory"
            description="Gives pages the allocator does not use back to the host. It may hold all clients for a moment."
            confirm="Purge memory"
          />
        ) : null
      }
    >
      {({ memory }) => <Memory memory={memory} />}
    </ReadCard>
  );
}

function Memory({ memory }: { memory: RedisState["memory"] }) {
  const { used, limit, peak, resident, dataset, fragmentation, fragmented, allocator } = memory;
  return (
    <>
      <CardBody className="space-y-3">
        {limit === null ? (
          <p className="text-text-2">
            <b className="font-semibold text-text">{bytes(used)}</b> used; there is no limit (maxmemory 0).
          </p>
        ) : (
          <Meter label="Used" value={used} max={limit} show={(value) => bytes(value)} />
        )}
        <DescriptionList>
          <Item label="Data">{bytes(dataset)}</Item>
          <Item label="At most">{bytes(peak)}</Item>
          <Item label="From the host">{bytes(resident)}</Item>
          <Item label="Fragmentation">
            {fragmentation === null ? "Not reported" : `${fragmentation.toFixed(2)}, ${bytes(fragmented)}`}
          </Item>
          <Item label="Look-ups">
            {formatNumber(memory.hits)} hits, {formatNumber(memory.misses)} misses
          </Item>
          <Item label="Evicted">{formatNumber(memory.evicted)}</Item>
          <Item label="Expired">{formatNumber(memory.expired)}</Item>
        </DescriptionList>
      </CardBody>
      <CardFooter className="text-text-3">
        {allocator?.startsWith("jemalloc")
          ? "Counts since the start or the last reset"
          : `Purge is not offered: built with ${allocator ?? "another allocator"}`}
      </CardFooter>
    </>
  );
}
