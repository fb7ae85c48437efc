// Where a webhook may lead: no credentials, no metadata service, nothing that only this machine's network has.
import "server-only";
import { BlockList, isIP } from "node:net";
import type { Env } from "@/lib/env";

type Surroundings = Pick<Env, "NODE_ENV" | "QUADRANT_STACK">;

const REFUSED = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["169.254.0.0", 16],
  ["100.100.100.200", 32],
  ["168.63.129.16", 32],
  ["192.0.0.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  REFUSED.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["::", 128],
  ["fe80::", 10],
  ["fec0::", 10],
  ["fd00:ec2::", 32],
  ["ff00::", 8],
] as const) {
  REFUSED.addSubnet(network, prefix, "ipv6");
}

const REFUSED_NAMES = /^(metadata|metadata\.google\.internal|instance-data)\.?$/i;

/** Link-local, metadata, multicast and "any" addresses, however they are written. */
export function isRefusedIp(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return REFUSED.check(mapped, "ipv4");
  const family = isIP(address);
  if (family === 0) return true;
  return REFUSED.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** Why this cannot be a webhook, as words that follow the field's name; null when it can. */
export function webhookProblem(address: string, around: Surroundings): string | null {
  if (!URL.canParse(address)) return "is not an address";
  const { protocol, username, password, hostname, hash } = new URL(address);
  if (protocol !== "https:" && protocol !== "http:") return "has to begin with https://";
  if (username !== "" || password !== "") return "must not hold a user name or password";
  if (hash !== "") return "must not hold a fragment";
  const host = bare(hostname);
  if (REFUSED_NAMES.test(host) || (isIP(host) !== 0 && isRefusedIp(host)))
    return "leads to an address that is not allowed";
  // The local stack is for evaluation: it may reach a server on the same machine.
  const isOwn = around.QUADRANT_STACK === "local" && /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);
  if (protocol === "http:" && around.NODE_ENV === "production" && !isOwn) return "has to begin with https://";
  return null;
}

/** Without brackets, as the resolver and `isIP` want it. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

/** What may be shown and audited of an address: the path of a webhook is often its secret. */
export function shownAddress(kind: "webhook" | "email", address: string): string {
  if (kind === "email" || !URL.canParse(address)) return address;
  const { origin, pathname, search } = new URL(address);
  return pathname.length > 1 || search !== "" ? `${origin}/…` : origin;
}
