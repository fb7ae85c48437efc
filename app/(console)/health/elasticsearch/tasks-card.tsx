import { Table, Td } from "@/components/data-table/table";
import { CardBody, CardFooter } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatValue } from "@/components/ui/value";
import { getElasticTasks } from "@/lib/health/elasticsearch/queries";
import type { TasksView } from "@/lib/health/elasticsearch/schema";
import { attempt } from "@/lib/next/load";
import { RemedyButton } from "../frame/remedy-button";
import { cancelDry, cancelRun } from "./actions";
import { Panel } from "./panel";

type Running = TasksView["running"][number];

/** Longer than this is worth a look. */
const LONG_MS = 30_000;

export async function TasksCard({ mayCancel }: { mayCancel: boolean }) {
  return (
    <Panel title="Tasks" hint={() => "query text hidden"} found={await attempt(getElasticTasks, {})}>
      {({ running, pending }) => (
        <>
          {running.length === 0 ? (
            <CardBody className="text-text-2">Nothing runs at this moment.</CardBody>
          ) : (
            <Table caption={`${running.length} running tasks`} variant="card">
              <thead>
                <tr>
                  <th scope="col">Task</th>
                  <th scope="col">Works on</th>
                  <th scope="col" className="text-right">
                    Runs for
                  </th>
                  <th scope="col">
                    <span className="sr-only">Action</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {running.map((task) => (
                  <TaskRow key={task.id} task={task} mayCancel={mayCancel} />
                ))}
              </tbody>
            </Table>
          )}
          <Pending pending={pending} />
        </>
      )}
    </Panel>
  );
}

function TaskRow({ task, mayCancel }: { task: Running; mayCancel: boolean }) {
  const { id, action, indices, node, running_ms, cancellable, cancelled, request } = task;
  return (
    <tr>
      <td>
        {action}
        <span className="block text-sm text-text-3">{request ? `request ${request}` : id.split(":")[1]}</span>
      </td>
      <td className="max-w-40 truncate">
        <Mono>{indices ?? "the cluster"}</Mono>
        <span className="block text-sm text-text-3">{node}</span>
      </td>
      <Td numeric className={running_ms > LONG_MS ? "text-warn" : undefined}>
        {formatValue(running_ms, "ms")}
      </Td>
      <td className="text-right">
        {cancelled ? <span className="text-sm text-text-2">being cancelled</span> : null}
        {!cancellable ? <span className="text-sm text-text-3">not cancellable</span> : null}
        {cancellable && !cancelled && mayCancel ? (
          <RemedyButton
            run={cancelRun}
            dryRun={cancelDry}
            fields={{ task: id }}
            label="Cancel…"
            ariaLabel={`Cancel task ${id}…`}
            title={`Cancel the task ${id.split(":")[1] ?? id}`}
            description={`${action} on ${indices ?? "the cluster"}`}
            confirm="Cancel task"
            danger
          />
        ) : null}
      </td>
    </tr>
  );
}

function Pending({ pending }: { pending: TasksView["pending"] }) {
  if (pending.length === 0) return <CardFooter>No change of the cluster waits for the master.</CardFooter>;
  return (
    <ul className="divide-y divide-line border-t">
      {pending.slice(0, 10).map(({ source, priority, executing, waiting_ms }, position) => (
        <li key={position} className="flex flex-wrap items-baseline gap-x-2 px-3.5 py-1.5 text-sm">
          <Mono className="min-w-0 flex-1">{source}</Mono>
          <span className="text-text-2">
            {priority}, {executing ? "running" : "waits"} {formatValue(waiting_ms, "ms")}
          </span>
        </li>
      ))}
    </ul>
  );
}
