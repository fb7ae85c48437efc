// What the monitor of Redis may do: read figures and the names, types and sizes of keys; never a value, never a setting.

const COMMANDS = [
  ...["ping", "hello", "info", "role", "dbsize", "select", "scan", "type", "ttl"],
  ...["slowlog|get", "slowlog|len", "latency|latest", "latency|history", "latency|histogram", "latency|doctor"],
  ...["client|list", "client|info", "client|setname", "client|id", "memory|stats", "memory|doctor", "memory|usage"],
  ...["cluster|info", "cluster|nodes", "cluster|shards", "acl|log", "acl|whoami", "module|list"],
  ...["object|encoding", "object|freq", "object|idletime", "strlen", "hlen", "llen", "scard", "zcard", "xlen"],
  ...["xinfo|stream", "xinfo|groups"],
];

/** One name the server does not know makes the whole rule fail, so newer ones are added by version. */
const SINCE = { 7.2: ["client|setinfo"] };

/** The rule of `ACL SETUSER quadrant_monitor on >password …` for a server of this version. */
export function monitorRule(version) {
  const newer = Object.entries(SINCE).filter(([since]) => isAtLeast(version, since));
  const names = [...COMMANDS, ...newer.flatMap(([, commands]) => commands)];
  return `resetkeys %R~* resetchannels -@all ${names.map((name) => `+${name}`).join(" ")}`;
}

function isAtLeast(version, since) {
  const [[major = 0, minor = 0], [wantMajor = 0, wantMinor = 0]] = [version, since].map((text) =>
    text.split(".").map(Number),
  );
  return major > wantMajor || (major === wantMajor && minor >= wantMinor);
}
