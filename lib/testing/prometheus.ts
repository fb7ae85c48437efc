// Reads Prometheus' text format as strictly as Prometheus does, for tests of what is scraped.

export type Sample = { name: string; labels: Record<string, string>; value: number };
export type Family = { name: string; type: string; help: string; samples: Sample[] };

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABELS = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(?:,|$)/y;
const SUFFIX: Record<string, RegExp> = { histogram: /_(bucket|sum|count)$/, summary: /_(sum|count)$/ };

/** Families by name. Throws at the first line Prometheus would refuse, and at a series that comes twice. */
export function parseMetrics(text: string): Map<string, Family> {
  if (!text.endsWith("\n")) throw new Error("The last line does not end.");
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let family: Family | undefined;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, kind, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (kind === "HELP") {
      if (families.has(name)) throw new Error(`${name} is described twice.`);
      family = { name, type: "untyped", help: rest, samples: [] };
      families.set(name, family);
    } else if (kind === "TYPE" && family?.name === name) {
      family.type = rest;
    } else {
      const sample = readSample(line);
      if (!family || sample.name.replace(SUFFIX[family.type] ?? /$^/, "") !== family.name) {
        throw new Error(`No family before: ${line}`);
      }
      const series = line.slice(0, line.lastIndexOf(" "));
      if (seen.has(series)) throw new Error(`Twice: ${series}`);
      seen.add(series);
      family.samples.push(sample);
    }
  }
  return families;
}

function readSample(line: string): Sample {
  const [, name = "", list = "", number = ""] = SAMPLE.exec(line) ?? [];
  const value = Number(number.replace(/^([+-])Inf$/, "$1Infinity"));
  if (name === "" || (Number.isNaN(value) && !/^nan$/i.test(number))) throw new Error(`Not a sample: ${line}`);
  const labels: Record<string, string> = {};
  LABELS.lastIndex = 0;
  for (let at = 0; at < list.length; at = LABELS.lastIndex) {
    const found = LABELS.exec(list);
    if (!found) throw new Error(`Not labels: ${line}`);
    labels[found[1] ?? ""] = found[2] ?? "";
  }
  return { name, labels, value };
}
