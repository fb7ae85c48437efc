import { Meter } from "@/components/charts/meter";
import { CardBody, CardFooter } from "@/components/ui/card";
import { formatValue } from "@/components/ui/value";
import type { NodesView } from "@/lib/health/elasticsearch/schema";
import { Panel } from "./panel";
import { nodesNow } from "./reads";

type Node = NodesView["nodes"][number];

/** Disk to its watermarks, heap and breakers of each node. */
export async function DiskCard() {
  return (
    <Panel title="Disk and memory" hint={() => "available, not free"} found={await nodesNow()}>
      {({ nodes, watermarks }) => (
        <>
          <CardBody className="space-y-4">
            {nodes.map((node) => (
              <NodeMeters key={node.name} node={node} enabled={watermarks?.enabled ?? true} />
            ))}
          </CardBody>
          <CardFooter className="py-2">
            {watermarks?.enabled
              ? `Low mark ${watermarks.low}, high ${watermarks.high}, flood ${watermarks.flood}`
              : "Watermarks are switched off here: a full disk stops nothing before it is full."}
          </CardFooter>
        </>
      )}
    </Panel>
  );
}

function NodeMeters({ node, enabled }: { node: Node; enabled: boolean }) {
  const { name, is_master, disk, heap_bytes, heap_max_bytes, heap_percent, breakers } = node;
  const tripped = breakers.filter((breaker) => breaker.tripped > 0);
  return (
    <div className="space-y-2.5">
      <h3 className="text-sm font-semibold">
        {name}
        {is_master ? <span className="font-normal text-text-3"> master</span> : null}
      </h3>
      {disk ? (
        <Meter
          label="Disk"
          value={disk.total - disk.available}
          max={disk.total}
          show={bytes}
          {...(enabled ? toMark(disk) : {})}
        />
      ) : (
        <p className="text-sm text-text-2">Holds no data.</p>
      )}
      <Meter
        label="Heap"
        value={heap_bytes}
        max={heap_max_bytes}
        show={bytes}
        more={`${heap_percent} % now`}
        tone={heap_percent >= 85 ? "warn" : undefined}
      />
      <p className="text-sm text-text-2">
        {tripped.length === 0
          ? `${breakers.length} breakers, none has tripped since the start`
          : `Breakers that tripped since the start: ${tripped.map((one) => `${one.name} ${one.tripped}`).join(", ")}`}
      </p>
    </div>
  );
}

/** What is left until the next mark, or which mark is passed. */
function toMark({ available, low, high, flood }: NonNullable<Node["disk"]>) {
  if (available < flood) return { more: "over its flood stage", tone: "bad" as const };
  if (available < high) return { more: "over its high mark", tone: "bad" as const };
  if (available < low) return { more: "over its low mark", tone: "warn" as const };
  return { more: `${bytes(available - low)} to the low mark` };
}

function bytes(value: number): string {
  return formatValue(value, "bytes");
}
