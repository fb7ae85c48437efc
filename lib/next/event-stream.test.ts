import { expect, it, vi } from "vitest";
import { eventStream, type Sender } from "./event-stream";

function opened(signal = new AbortController().signal) {
  const stop = vi.fn();
  const given: Sender[] = [];
  const response = eventStream(signal, (sender) => {
    given.push(sender);
    sender.send("health", [1]);
    return stop;
  });
  const reader = response.body?.getReader();
  const next = async () => new TextDecoder().decode((await reader?.read())?.value);
  return {
    stop,
    response,
    reader,
    next,
    send: (data: unknown) => given[0]?.send("health", data),
    close: () => given[0]?.close(),
  };
}

it("sends events as they come", async () => {
  const { next, send, response } = opened();
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  expect(await next()).toBe("retry: 3000\n\n");
  expect(await next()).toBe("event: health\ndata: [1]\n\n");
  send({ status: "down" });
  expect(await next()).toBe('event: health\ndata: {"status":"down"}\n\n');
});

it("ends its work once, whoever ends the stream", async () => {
  const controller = new AbortController();
  const aborted = opened(controller.signal);
  controller.abort();
  aborted.close();
  expect(aborted.stop).toHaveBeenCalledTimes(1);

  const left = opened();
  await left.reader?.cancel();
  left.send("too late");
  left.close();
  expect(left.stop).toHaveBeenCalledTimes(1);

  const closed = opened();
  closed.close();
  closed.send("too late");
  expect(await closed.next()).toBe("retry: 3000\n\n");
  expect(await closed.next()).toBe("event: health\ndata: [1]\n\n");
  expect((await closed.reader?.read())?.done).toBe(true);
  expect(closed.stop).toHaveBeenCalledTimes(1);
});
