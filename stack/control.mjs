// Stops and starts single engines of a running test stack, on the same port: "Elasticsearch is down" for real.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { readJson, writeJson } from "./folder.mjs";

const controlFile = (dir) => path.join(dir, "control.json");

/** Lets other processes of this user (the file is private) stop and start engines until the launcher ends. */
export async function openControl(dir, supervisor, ids) {
  const token = randomBytes(18).toString("base64url");
  const server = http.createServer(async (request, response) => {
    const [, verb, id] = new URL(request.url ?? "/", "http://localhost").pathname.split("/");
    if (request.headers.authorization !== token || !ids.includes(id) || !["stop", "start"].includes(verb)) {
      response.writeHead(404).end();
      return;
    }
    try {
      if (verb === "stop") await supervisor.stop(id);
      else if (!supervisor.isRunning(id)) await supervisor.start(id);
      response.writeHead(204).end();
    } catch (error) {
      response.writeHead(500).end(error.message);
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  writeJson(controlFile(dir), { port: server.address().port, token });
  return () => {
    server.close();
    fs.rmSync(controlFile(dir), { force: true });
  };
}

async function command(dir, verb, engine) {
  const control = readJson(controlFile(dir), null);
  if (!control) throw new Error(`No stack is held in ${dir}.`);
  const answer = await fetch(`http://127.0.0.1:${control.port}/${verb}/${engine}`, {
    method: "POST",
    headers: { authorization: control.token },
  });
  if (!answer.ok) throw new Error(`${verb} ${engine}: ${answer.status} ${await answer.text()}`);
}

/** Stops an engine (`postgres`, `mongodb`, `redis`, `elasticsearch`) of the stack held in `dir`; back when it is gone. */
export const stopEngine = (dir, engine) => command(dir, "stop", engine);

/** Starts it again with its data on the same port; back when it answers. Does nothing when it runs. */
export const startEngine = (dir, engine) => command(dir, "start", engine);
