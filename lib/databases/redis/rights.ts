// What the monitor's user must be allowed: figures, and names, types and sizes of keys; never a value or a setting.
import "server-only";

const COMMANDS = [
  ...["ping", "hello", "info", "role", "dbsize", "select", "scan", "type", "ttl"],
  ...["slowlog|get", "slowlog|len", "latency|latest", "latency|history", "latency|doctor"],
  ...["client|list", "client|info", "client|setname", "client|id", "memory|stats", "memory|doctor", "memory|usage"],
  ...["cluster|info", "acl|log", "acl|whoami", "strlen", "hlen", "llen", "scard", "zcard", "xlen"],
];

/** All of them are known since version 7.0; one unknown name would make the whole line fail. */
export const MONITOR_RULE = `resetkeys %R~* resetchannels -@all ${COMMANDS.map((name) => `+${name}`).join(" ")}`;
