// Connections, as CLIENT LIST names them.
import "server-only";
import type { Redis } from "ioredis";
import { ask, asText } from "./ask";
import { OWN_NAME } from "./watch";

export type RedisClient = {
  id: number;
  name: string;
  addr: string;
  user: string;
  age_s: number;
  idle_s: number;
  /** The last command, without its arguments. */
  command: string;
  output_bytes: number;
  memory_bytes: number;
  /** Letters of CLIENT LIST: S replica, M primary, O monitor, b blocked, P subscriber. */
  flags: string;
  /** One of the console's own. */
  own: boolean;
};

export async function listClients(redis: Redis, ...only: (string | number)[]): Promise<RedisClient[]> {
  const answer = asText(await ask(redis, "CLIENT", "LIST", ...only));
  return answer.split("\n").flatMap((line) => (line.startsWith("id=") ? [clientOf(line)] : []));
}

/** Null when it is gone. */
export async function findClient(redis: Redis, id: number): Promise<RedisClient | null> {
  const [client] = await listClients(redis, "ID", id);
  return client ?? null;
}

function clientOf(line: string): RedisClient {
  const fields = new Map(line.split(" ").map((pair) => [pair.slice(0, pair.indexOf("=")), after(pair)]));
  const text = (field: string) => fields.get(field) ?? "";
  const number = (field: string) => Number(fields.get(field)) || 0;
  const name = text("name");
  return {
    id: number("id"),
    name,
    addr: text("addr"),
    user: text("user"),
    age_s: number("age"),
    idle_s: number("idle"),
    command: text("cmd").toUpperCase().replace("|", " "),
    output_bytes: number("omem"),
    memory_bytes: number("tot-mem"),
    flags: text("flags"),
    own: name === OWN_NAME || name.startsWith(`${OWN_NAME}-`),
  };
}

const after = (pair: string) => pair.slice(pair.indexOf("=") + 1);

/** Why a connection must not be ended, or null when it may. */
export function untouchable({ own, flags }: Pick<RedisClient, "own" | "flags">): string | null {
  if (own) return "This is a connection of the console itself.";
  if (flags.includes("S")) return "This is a replica: ending its link makes it copy the data anew.";
  if (flags.includes("M")) return "This is the link to the primary.";
  return null;
}
