import "server-only";
import { isIPv4, isIPv6 } from "node:net";

/**
 * The network part of an address (/24 or /48) as a CIDR: enough to limit and to recognise, too little to follow a
 * person. Undefined when there is no usable address.
 */
export function networkPrefix(address: string | null): string | undefined {
  if (address === null) {
    return undefined;
  }
  const plain = address
    .trim()
    .replace(/^::ffff:(?=\d+\.)/i, "")
    .replace(/%.*$/, "");
  if (isIPv4(plain)) {
    return `${plain.split(".").slice(0, 3).join(".")}.0/24`;
  }
  return isIPv6(plain) ? `${firstGroups(plain).join(":")}::/48` : undefined;
}

/** The first three groups, with "::" written out. */
function firstGroups(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  const groups = tail === undefined ? left : [...left, ...zeros, ...right];
  return groups.slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16));
}
