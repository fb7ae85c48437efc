// Who waits for whom is no tree: a session may wait for several. Drawn is one row per session, under the blocker that
// itself waits longest down the line.
import "server-only";

type Node = { pid: number; blocked_by: readonly number[]; waits_s: number | null };

export function forest<N extends Node>(nodes: readonly N[]): (N & { level: number })[] {
  const byPid = new Map(nodes.map((node) => [node.pid, node]));
  const levels = new Map<number, number>();

  /** A cycle (a deadlock nobody has broken yet) ends where it began. */
  function levelOf(pid: number, path: readonly number[]): number {
    const known = levels.get(pid);
    if (known !== undefined) return known;
    const above = (byPid.get(pid)?.blocked_by ?? []).filter((blocker) => !path.includes(blocker));
    const level = above.reduce((deepest, blocker) => Math.max(deepest, levelOf(blocker, [...path, pid]) + 1), 0);
    if (path.length === 0) levels.set(pid, level);
    return level;
  }

  const parents = new Map<number, number | null>();
  for (const { pid, blocked_by: by } of nodes) {
    const level = levelOf(pid, []);
    parents.set(pid, by.find((blocker) => levelOf(blocker, []) === level - 1) ?? null);
  }
  const longest = (a: Node, b: Node) => (b.waits_s ?? 0) - (a.waits_s ?? 0) || a.pid - b.pid;
  const below = (parent: number | null) => nodes.filter(({ pid }) => parents.get(pid) === parent).sort(longest);
  const walk = (node: N, level: number): (N & { level: number })[] => [
    { ...node, level },
    ...below(node.pid).flatMap((child) => walk(child, level + 1)),
  ];
  return below(null).flatMap((root) => walk(root, 0));
}
