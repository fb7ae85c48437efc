import { gzipSync } from "node:zlib";
import { send } from "./measure";

/** The scripts a page loads at first, each gzipped, added up; `noModule` ones are for browsers before 2018 alone. */
export async function pageWeight(base: string, cookie: string, path: string): Promise<string> {
  const { body: html } = await send({ url: base + path, headers: { cookie } });
  const found = html.matchAll(/<script(?![^>]+nomodule)[^>]+src="([^"]+)"/gi);
  const scripts = [...new Set([...found].map((match) => match[1] ?? ""))];
  const sizes = await Promise.all(
    scripts.map(async (source) => gzipSync((await send({ url: new URL(source, base).href })).body).length),
  );
  const totalKb = sizes.reduce((sum, bytes) => sum + bytes, 0) / 1024;
  return `${totalKb.toFixed(1)} KB gz in ${scripts.length} files (wanted ≤ 170 KB)`;
}
