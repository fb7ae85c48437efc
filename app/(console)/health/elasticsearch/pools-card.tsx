import { Table, Td } from "@/components/data-table/table";
import { formatNumber } from "@/components/ui/number";
import type { NodesView } from "@/lib/health/elasticsearch/schema";
import { Panel } from "./panel";
import { nodesNow } from "./reads";

const WORDS: Record<string, string> = {
  search: "Search",
  write: "Write",
  get: "Read by id",
  management: "Management",
  force_merge: "Force-merge",
  snapshot: "Snapshot",
};

/** Thread pools of all nodes together; what is refused here came back to its client as an error. */
export async function PoolsCard() {
  return (
    <Panel title="Queues" hint={() => "all nodes, refused since their start"} found={await nodesNow()}>
      {({ nodes }) => (
        <Table caption="Thread pools" variant="card">
          <thead>
            <tr>
              <th scope="col">Queue</th>
              {["Running", "Waiting", "Refused"].map((head) => (
                <th key={head} scope="col" className="text-right">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {poolsOf(nodes).map(({ name, threads, active, queue, rejected }) => (
              <tr key={name}>
                <td>{WORDS[name] ?? name}</td>
                <Td numeric className={active >= threads ? "text-warn" : undefined}>
                  {active} of {threads}
                </Td>
                <Td numeric>{formatNumber(queue)}</Td>
                <Td numeric className={rejected > 0 ? "text-warn" : undefined}>
                  {formatNumber(rejected)}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

type Pool = NodesView["nodes"][number]["pools"][number];

function poolsOf(nodes: NodesView["nodes"]): Pool[] {
  const sums = new Map<string, Pool>();
  for (const pool of nodes.flatMap(({ pools }) => pools)) {
    const sum = sums.get(pool.name) ?? { name: pool.name, threads: 0, active: 0, queue: 0, rejected: 0 };
    sum.threads += pool.threads;
    sum.active += pool.active;
    sum.queue += pool.queue;
    sum.rejected += pool.rejected;
    sums.set(pool.name, sum);
  }
  return [...sums.values()].filter(({ threads, rejected, queue }) => threads > 0 || rejected > 0 || queue > 0);
}
