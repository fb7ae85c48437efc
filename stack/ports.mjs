// Ports on the loopback address: the last used, else the usual one, else any free one.
import net from "node:net";

/** Whether a loopback port can be listened on now. */
export function isFree(port) {
  return new Promise((done) => {
    const server = net.createServer();
    server.on("error", () => done(false));
    server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
  });
}

/** Below the range the system takes outgoing ports from, so that a stopped engine finds its port still free. */
const anyPort = () => 20000 + Math.floor(Math.random() * 12000);

/** Hands out one port per name for this run and keeps it; a port taken by others is reported and replaced. */
export function createPorts(folder, { usual, say }) {
  const given = new Map();
  return async function portFor(name) {
    if (given.has(name)) return given.get(name);
    const preferred = folder.state.ports[name] ?? (usual ? USUAL[name] : undefined) ?? anyPort();
    let port = preferred;
    while ([...given.values()].includes(port) || !(await isFree(port))) port = anyPort();
    if (port !== preferred) say(`${name}: port ${preferred} is taken by another program, using ${port}`);
    given.set(name, port);
    folder.state.ports[name] = port;
    folder.save();
    return port;
  };
}

const USUAL = {
  postgres: 54329,
  mongodb: 27029,
  redis: 63799,
  elasticsearch: 59200,
  "elasticsearch-transport": 59300,
};
