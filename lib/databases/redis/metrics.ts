import "server-only";
import type { Collector, Reading } from "../collector";
import type { Blind, Values } from "../schema";
import type { EveryS } from "../signal";
import { ask, asList, asNumber, asPairs, asText, see } from "./ask";
import { listClients } from "./clients";
import { countersOf, factsOf, gaugesOf, keyspaceOf } from "./figures";
import { type Info, parseInfo } from "./info";
import { createHitRatio } from "./ratio";
import { readSlowlog } from "./slowlog";
import type { RedisWatch } from "./watch";

const MINUTE_MS = 60_000;
const HOUR_S = 3600;

/** Measures through the monitor's own way in. Throws when the server is away. */
export function createRedisCollector(watch: RedisWatch): Collector {
  const ratioOf = createHitRatio();
  let slow_commands: number | null = null;
  let generation = "";
  const passes = { 10: live, 60: minute, 900: quarter };

  async function live(look: Look, begun: Promise<Info | null>): Promise<Part> {
    const [info, slow] = await Promise.all([begun, look("slow log", () => readSlowlog(watch.monitor, 16))]);
    if (info === null) return NOTHING;
    const counters = countersOf(info);
    const { hits, misses } = counters;
    if (generation !== generationOf(info)) slow_commands = null;
    generation = generationOf(info);
    const isKnown = typeof hits === "number" && typeof misses === "number";
    const hit_ratio = isKnown ? ratioOf({ at: Date.now(), generation, hits, misses }) : null;
    // its entries keep counting when the log is emptied, so an empty one is as far as it was
    slow_commands = slow?.[0] ? slow[0].id + 1 : slow_commands;
    const oldest = nowOf(info) - MINUTE_MS;
    const recent = slow?.filter(({ at }) => Date.parse(at) >= oldest);
    const slowest_ms = recent ? Math.max(0, ...recent.map(({ ms }) => ms)) : null;
    return {
      gauges: { ...gaugesOf(info), hit_ratio, slowest_ms },
      counters: { ...counters, slow_commands },
      facts: factsOf(info),
      rows: info.kilobytes,
    };
  }

  async function minute(look: Look, begun: Promise<Info | null>): Promise<Part> {
    const { monitor } = watch;
    const [info, memory, clients, events] = await Promise.all([
      begun,
      look("memory by use", async () => asPairs(await ask(monitor, "MEMORY", "STATS"))),
      look("clients", () => listClients(monitor)),
      look("latency events", async () => asList(await ask(monitor, "LATENCY", "LATEST"))),
      look("role", () => ask(monitor, "ROLE")),
    ]);
    if (info === null) return NOTHING;
    const rejected = info.groups("cmdstat_").map(({ fields }) => fields["rejected_calls"] ?? 0);
    return {
      gauges: {
        ...keyspaceOf(info),
        dataset_bytes: asNumber(memory?.get("dataset.bytes")),
        client_bytes: info.number("mem_clients_normal"),
        client_bytes_max: clients ? Math.max(0, ...clients.map(({ memory_bytes }) => memory_bytes)) : null,
        clients_idle: clients ? clients.filter(({ idle_s }) => idle_s >= HOUR_S).length : null,
        latency_event_ms: events ? longestSince(events, nowOf(info) - MINUTE_MS) : null,
      },
      counters: {
        full_copies: info.number("sync_full"),
        refused_calls: info.hasSection("commandstats") ? rejected.reduce((sum, calls) => sum + calls, 0) : null,
      },
      facts: {},
      rows: info.kilobytes + (clients?.length ?? 0),
    };
  }

  async function quarter(look: Look, begun: Promise<Info | null>): Promise<Part> {
    const { monitor } = watch;
    const [denials] = await Promise.all([
      look("access log", async () => asList(await ask(monitor, "ACL", "LOG", 128))),
      look("memory doctor", () => ask(monitor, "MEMORY", "DOCTOR")),
      look("key count", () => ask(monitor, "DBSIZE")),
      begun,
    ]);
    return { ...NOTHING, gauges: { access_denials: denials ? denials.length : null }, rows: denials?.length ?? 0 };
  }

  return {
    async collect(everyS): Promise<Reading> {
      const blind: Blind[] = [];
      const look: Look = async (check, work) => {
        const seen = await see(check, watch.user, work);
        if (seen.ok) return seen.value;
        blind.push(seen.blind);
        return null;
      };
      // all questions leave at once: the answers come back on one connection, in order
      const begun = look("figures of the server", async () =>
        parseInfo(asText(await ask(watch.monitor, "INFO", ...SECTIONS[everyS]))),
      );
      const part = await passes[everyS](look, begun);
      const info = await begun;
      return { ...part, generation: info ? generationOf(info) : "", blind: [...blind, ...missing(part)] };
    },
  };
}

const SECTIONS: Record<EveryS, readonly string[]> = { 10: [], 60: ["everything"], 900: ["server"] };

/** Answers null for a check that could not be made, and remembers why. */
type Look = <T>(check: string, work: () => Promise<T>) => Promise<T | null>;

const NOTHING: Part = { gauges: {}, counters: {}, facts: {}, rows: 0 };

type Part = Pick<Reading, "gauges" | "counters" | "facts" | "rows">;

/** Counters begin anew with every start, which has a run id of its own. */
function generationOf(info: Info): string {
  return info.text("run_id") ?? "";
}

/** The server's own time, where it says it: its log entries are by that clock. */
function nowOf(info: Info): number {
  return Math.round((info.number("server_time_usec") ?? Date.now() * 1000) / 1000);
}

function longestSince(events: readonly unknown[], oldestMs: number): number {
  const recent = events.map(asList).filter(([, seconds]) => (asNumber(seconds) ?? 0) * 1000 >= oldestMs);
  return Math.max(0, ...recent.map(([, , latest]) => asNumber(latest) ?? 0));
}

/** Counters this server does not have; a gauge may be null for many reasons (no limit, no replica). */
function missing({ counters }: { counters: Values }): Blind[] {
  const absent = Object.keys(counters).filter((id) => counters[id] === null && id !== "slow_commands");
  return absent.map((check) => ({ check, kind: "not_reported", why: "this server does not count it", grant: null }));
}
