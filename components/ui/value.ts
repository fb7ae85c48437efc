import type { Unit } from "@/lib/databases/schema";

const THIN = "\u2009";
const BYTES = ["B", "KB", "MB", "GB", "TB"];

/** A measured value with its unit, three significant digits: `91 %`, `1.5 GB`, `6 min 12 s`; `–` when there is none. */
export function formatValue(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  switch (unit) {
    case "percent":
      return digits(value) + THIN + "%";
    case "bytes":
      return bytes(value);
    case "bytes_per_s":
      return bytes(value) + "/s";
    case "per_s":
      return `${digits(value)}${THIN}/s`;
    case "ms":
      return value >= 1000 ? seconds(value / 1000) : `${digits(value)}${THIN}ms`;
    case "s":
      return seconds(value);
    case "yes":
      return value > 0 ? "yes" : "no";
    case "count":
    case "ratio":
      return digits(value);
  }
}

function digits(value: number): string {
  const size = Math.abs(value);
  const places = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { maximumFractionDigits: places }).replace("-", "−");
}

function bytes(value: number): string {
  const size = Math.abs(value);
  const power = size < 1 ? 0 : Math.min(BYTES.length - 1, Math.floor(Math.log2(size) / 10));
  return `${digits(value / 1024 ** power)}${THIN}${BYTES[power] ?? ""}`;
}

function seconds(value: number): string {
  if (value < 60) return `${digits(value)}${THIN}s`;
  if (value < 3600) return `${Math.floor(value / 60)} min ${Math.floor(value % 60)} s`;
  if (value < 172_800) return `${Math.floor(value / 3600)} h ${Math.floor((value % 3600) / 60)} min`;
  return `${Math.floor(value / 86_400)} days`;
}
