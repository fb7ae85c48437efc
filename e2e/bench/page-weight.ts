import { gzipSync } from "node:zlib";
import { send } from "./measure";

/** The scripts a page loads at first, each gzipped, added up. */
export async function pageWeight(base: string, cookie: string, path: string): Promise<string> {
  const { body: html } = await send({ url: base + path, headers: { cookie } });
  const scripts = [...new Set([...html.matchAll(/<script[^>]+src="([^"]+)"/g)].map((match) => match[1] ?? ""))];
  const sizes = await Promise.all(
    scripts.map(async (source) => gzipSync((await send({ url: new URL(source, base).href })).body).length),
  );
  const totalKb = sizes.reduce((sum, bytes) => sum + bytes, 0) / 1024;
  return `${totalKb.toFixed(1)} KB gz in ${scripts.length} files (wanted ≤ 170 KB)`;
}
