// A stretch of network between the console and an engine that can be cut, also at the moment of COMMIT.
import { type AddressInfo, type Socket, connect, createServer } from "node:net";
import { afterAll } from "vitest";

export type Cut = "before" | "after";

export type Proxy = {
  /** The address behind the proxy. */
  url: string;
  /** Cuts the next connection that says COMMIT: before the server hears it, or before its answer comes back. */
  cutNextCommit(when: Cut): void;
  cuts(): number;
  /** Ends every connection and refuses new ones, as a server that was stopped does. */
  stop(): Promise<void>;
  /** Listens again, on the same port. */
  resume(): Promise<void>;
  /** Keeps every connection, takes new ones, and passes nothing on, as a server whose processes are frozen does. */
  freeze(): void;
  /** Passes on what was held back. */
  thaw(): void;
};

/** Long enough for the server to finish a COMMIT whose answer nobody will hear. */
const AFTER_MS = 80;

export async function startProxy(target: string): Promise<Proxy> {
  const server = new URL(target);
  const clients = new Set<Socket>();
  let next: Cut | null = null;
  let cuts = 0;
  let isFrozen = false;
  const sockets = new Set<Socket>();

  function join(client: Socket): void {
    clients.add(client);
    client.on("close", () => clients.delete(client));
    const upstream = connect(Number(server.port), server.hostname);
    let isDeaf = false;
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true).on("error", end).on("close", end);
      socket.on("close", () => sockets.delete(socket));
      if (isFrozen) socket.pause();
    }
    upstream.on("data", (data) => isDeaf || client.write(data));
    client.on("data", (data) => {
      const cut = data.includes("commit") ? next : null;
      if (cut === null) return void upstream.write(data);
      next = null;
      cuts += 1;
      isDeaf = true;
      if (cut === "before") return end();
      upstream.write(data);
      setTimeout(end, AFTER_MS);
    });
  }

  const proxy = createServer(join);
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  afterAll(() => void proxy.close());
  const url = new URL(target);
  const { port } = proxy.address() as AddressInfo;
  url.port = String(port);
  return {
    url: url.href,
    cutNextCommit(when) {
      next = when;
    },
    cuts: () => cuts,
    async stop() {
      const closed = new Promise((resolve) => proxy.close(resolve));
      for (const client of clients) client.destroy();
      await closed;
    },
    resume: () => new Promise<void>((resolve) => proxy.listen(port, "127.0.0.1", resolve)),
    freeze() {
      isFrozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw() {
      isFrozen = false;
      for (const socket of sockets) socket.resume();
    },
  };
}
