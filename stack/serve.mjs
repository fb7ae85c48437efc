// How node is told to serve the pages.
const NEXT = "node_modules/next/dist/bin/next";
const at = (port) => ["-p", String(port), "-H", "127.0.0.1"];

/** With hot reload. */
export const develop = (port) => [NEXT, "dev", ...at(port)];

/**
 * A build. The limit keeps the collector tidy: with gigabytes to spare it lets the garbage of a download of 400,000
 * rows grow by 300 MB, with this by 70 MB.
 */
export const serve = (port) => ["--max-old-space-size=768", NEXT, "start", ...at(port)];
