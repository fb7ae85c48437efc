import "server-only";

const HEARTBEAT_MS = 15_000;

export type Sender = {
  send(event: string, data: unknown): void;
  close(): void;
};

/** A stream of server-sent events. `begin` answers what ends its work; it is called once, however the stream ends. */
export function eventStream(signal: AbortSignal, begin: (sender: Sender) => () => void): Response {
  const encoder = new TextEncoder();
  let quit = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let isOpen = true;
      const write = (text: string) => isOpen && controller.enqueue(encoder.encode(text));
      const close = () => {
        if (isOpen) controller.close();
        quit();
      };
      write("retry: 3000\n\n");
      const heartbeat = setInterval(() => write(": still here\n\n"), HEARTBEAT_MS);
      const stop = begin({
        send: (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
        close,
      });
      quit = () => {
        if (!isOpen) return;
        isOpen = false;
        clearInterval(heartbeat);
        stop();
      };
      signal.addEventListener("abort", close, { once: true });
    },
    // The reader went away: the stream is closed already.
    cancel: () => quit(),
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
