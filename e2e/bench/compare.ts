// The console beside its own statements without it, and beside an empty answer: one line of the report per read.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { interleave, type Target, type Times, verdict } from "./measure";
import type { Read } from "./statements";

export type Console = { base: string; cookie: string; rounds: number };

export function floorOf({ base, cookie }: Console): () => Target {
  return () => ({ url: `${base}/api/health/live`, headers: { cookie } });
}

export function report(name: string, [raw, floor, ours]: readonly Times[], wanted: number): void {
  if (!raw || !floor || !ours) return;
  const ratio = ours.p50_ms / (raw.p50_ms + floor.p50_ms);
  const figures = [raw, floor, ours].map(({ p50_ms, p95_ms }) => `${p50_ms.toFixed(2)} / ${p95_ms.toFixed(2)}`);
  console.log(
    [
      name.padEnd(40),
      ...figures.map((text) => text.padStart(15)),
      ratio.toFixed(2).padStart(7),
      verdict(ratio, wanted),
    ].join(" "),
  );
}

/** Measures the reads in turn, then what `more` measures against the same baseline. */
export async function compare(
  of: Console,
  title: string,
  reads: readonly Read[],
  more: (rawPort: number) => Promise<void>,
): Promise<void> {
  const raw: ChildProcess = fork(new URL("./raw-server.ts", import.meta.url), { execArgv: process.execArgv });
  try {
    raw.send([...reads]);
    const [rawPort] = (await once(raw, "message")) as [number];
    console.log(`${title}, ${of.rounds} rounds, p50 / p95 in ms\n`);
    console.log(
      `${"".padEnd(40)} ${["raw", "floor", "Quadrant"].map((text) => text.padStart(15)).join(" ")}   ratio  wanted`,
    );
    for (const [index, read] of reads.entries()) {
      const rawTarget = () => ({ url: `http://127.0.0.1:${rawPort}/?read=${index}` });
      const ours = () => ({ url: of.base + read.path, headers: { cookie: of.cookie } });
      report(read.name, await interleave([rawTarget, floorOf(of), ours], of.rounds), 1.3);
    }
    await more(rawPort);
  } finally {
    raw.kill("SIGTERM");
  }
}
