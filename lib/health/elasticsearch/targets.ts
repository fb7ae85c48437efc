// Reads what a remedy would act on, and says when it must not be done.
import "server-only";
import { AppError } from "@/lib/core/errors";
import { indexSettings, indexStats } from "@/lib/databases/elasticsearch/acts";
import { refusalOf } from "@/lib/databases/elasticsearch/ask";
import { watermarks } from "@/lib/databases/elasticsearch/cluster";
import { type NodeStats, diskOf, nodeStats } from "@/lib/databases/elasticsearch/nodes";
import { type ShardRow, aliasesOf, catShards, explainAllocation } from "@/lib/databases/elasticsearch/objects";
import { type Task, taskById } from "@/lib/databases/elasticsearch/tasks";
import type { ElasticWatch } from "@/lib/databases/elasticsearch/watch";
import type { Answer } from "./schema";
import { answerOf } from "./words";

type Operator = ElasticWatch["operator"];

/** Says which right is missing; every other failure goes on as it is. */
export async function permitted<T>(work: Promise<T>, right: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (refusalOf(error)?.status !== 403) throw error;
    throw new AppError("conflict", `The console's user of Elasticsearch may not do this: it needs ${right}.`);
  }
}

/** Throws `not_found` for a task that has ended or never was. */
export async function theTask(operator: Operator, id: string): Promise<Task> {
  const task = await taskOrNull(operator, id);
  if (!task) throw new AppError("not_found", "No task of this id runs.");
  return task;
}

export async function taskOrNull(operator: Operator, id: string): Promise<Task | null> {
  try {
    const { completed, ...task } = await permitted(taskById(operator, id), "the cluster right cancel_task");
    return completed ? null : task;
  } catch (error) {
    if (refusalOf(error)?.status === 404) return null;
    throw error;
  }
}

export type TheIndex = Awaited<ReturnType<typeof theIndex>>;

/** Throws `not_found` unless there is an index of exactly this name; an alias is none. A closed one is a conflict. */
export async function theIndex(operator: Operator, name: string) {
  const right = `the index rights monitor, view_index_metadata and maintenance on ${name}`;
  const settings = await permitted(indexSettings(operator, name), right).catch((error: unknown) => {
    if (refusalOf(error)?.status === 404) return null;
    throw error;
  });
  if (!settings) throw new AppError("not_found", `There is no index called ${name}.`);
  const stats = await permitted(indexStats(operator, name), right).catch((error: unknown) => {
    if (refusalOf(error)?.type !== "index_closed_exception") throw error;
    throw new AppError("conflict", "The index is closed.", {}, { cause: error });
  });
  return { name, ...settings, ...stats };
}

/** While a disk is over its flood stage the server sets the block again within seconds. */
export async function floodRefusal(operator: Operator): Promise<string | null> {
  const [marks, nodes] = await Promise.all([watermarks(operator), nodeStats(operator)]);
  if (!marks.enabled) return null;
  const full = Object.values(nodes).find(isFlooded);
  if (!full) return null;
  return `The disk of ${full.name} is over its flood stage (${marks.flood}). The block would be back within seconds: free disk first.`;
}

function isFlooded(node: NodeStats): boolean {
  const disk = diskOf(node);
  return disk !== null && disk.available < disk.flood;
}

/** A merge writes every segment anew and makes later ones dear: only for an index that is no longer written to. */
export async function mergeRefusal(operator: Operator, index: TheIndex): Promise<string | null> {
  if (index.writing > 0) return "It is being written to now.";
  const written = (await aliasesOf(operator)).find((alias) => alias.index === index.name && alias.writes);
  if (written) return `It takes the writes of the alias ${written.alias}: merge an index only when it takes none.`;
  const disks = Object.values(await nodeStats(operator)).flatMap((node) => diskOf(node)?.available ?? []);
  const free = Math.min(...disks);
  return free < index.bytes ? "The disk has less room than the merged copy needs." : null;
}

/** So many copies are asked about, those that failed first: each costs the master up to 150 ms. */
const ASKED = 3;

export async function homelessCopies(operator: Operator): Promise<{ count: number; answers: Answer[] }> {
  const failedFirst = (row: ShardRow) => (row["unassigned.reason"] === "ALLOCATION_FAILED" ? 0 : 1);
  const homeless = (await catShards(operator))
    .filter(({ state }) => state === "UNASSIGNED")
    .sort((a, b) => failedFirst(a) - failedFirst(b));
  const asked = homeless
    .slice(0, ASKED)
    .map(({ index, shard, prirep }) =>
      explainAllocation(operator, { index, shard: shard ?? 0, primary: prirep === "p" }).then(answerOf, () => null),
    );
  return { count: homeless.length, answers: (await Promise.all(asked)).filter((answer) => answer !== null) };
}
