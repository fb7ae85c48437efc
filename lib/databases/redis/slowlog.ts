// Commands that took long. The log keeps their arguments; nothing here passes them on.
import "server-only";
import type { Redis } from "ioredis";
import { ask, asList, asNumber, asText } from "./ask";
import { patternOf } from "./pattern";

export type SlowCommand = {
  id: number;
  at: string;
  ms: number;
  /** `LRANGE export_tmp:* …`: the command and the pattern of its key. */
  text: string;
  client: string;
};

export async function readSlowlog(redis: Redis, count: number): Promise<SlowCommand[]> {
  return asList(await ask(redis, "SLOWLOG", "GET", count)).map((entry) => {
    const [id, seconds, micros, words, addr, name] = asList(entry);
    return {
      id: asNumber(id) ?? 0,
      at: new Date((asNumber(seconds) ?? 0) * 1000).toISOString(),
      ms: (asNumber(micros) ?? 0) / 1000,
      text: hidden(asList(words).map(asText)),
      client: asText(name) || asText(addr),
    };
  });
}

const SCRIPT = /^(eval|evalsha|eval_ro|evalsha_ro|fcall|fcall_ro)$/;
const SUBCOMMANDS =
  /^(client|config|debug|memory|object|slowlog|latency|acl|cluster|xinfo|xgroup|script|function|module|pubsub)$/;
const KEYLESS =
  /^(auth|hello|info|ping|scan|keys|flushall|flushdb|dbsize|save|bgsave|bgrewriteaof|wait|multi|exec|select|publish|subscribe|psubscribe|monitor|role|command|shutdown|time|echo)$/;

/** The command, its subcommand, the pattern of its first key and how many words follow. */
export function hidden(words: readonly string[]): string {
  const command = (words[0] ?? "").toLowerCase();
  const head = command.toUpperCase();
  if (command === "") return "";
  if (SUBCOMMANDS.test(command)) return [head, ...wordsOnly(words[1])].join(" ");
  const key = firstKey(command, words);
  const rest = words.length - 1 - (key === undefined ? 0 : 1);
  const hasMore = rest > 0 ? `(${rest} more ${rest === 1 ? "argument" : "arguments"})` : "";
  return [head, key === undefined ? "" : patternOf(key).name, hasMore].filter(Boolean).join(" ");
}

/** A script says itself how many keys it names; they follow that number. */
function firstKey(command: string, words: readonly string[]): string | undefined {
  if (KEYLESS.test(command)) return undefined;
  if (!SCRIPT.test(command)) return words[1];
  return Number(words[2]) > 0 ? words[3] : undefined;
}

const wordsOnly = (word: string | undefined) => (word && /^[a-z-]{2,20}$/i.test(word) ? [word.toUpperCase()] : []);
