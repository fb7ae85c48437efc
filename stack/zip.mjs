// Unpacks a zip file by its central directory, without any program of the host.
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";

const END_OF_DIRECTORY = 0x06054b50;
const DEFLATED = 8;

export function unzip(file, target) {
  const bytes = fs.readFileSync(file);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error(`${file} is not a zip file.`);

  const entries = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < entries; i++) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    writeEntry(target, name, contents(bytes, at));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

function contents(bytes, at) {
  const header = bytes.readUInt32LE(at + 42);
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const raw = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
  return bytes.readUInt16LE(at + 10) === DEFLATED ? zlib.inflateRawSync(raw) : raw;
}

function writeEntry(target, name, content) {
  const file = path.resolve(target, name);
  if (!file.startsWith(path.resolve(target) + path.sep)) throw new Error(`Zip entry ${name} leaves the folder.`);
  if (name.endsWith("/")) {
    fs.mkdirSync(file, { recursive: true });
    return;
  }
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}
