import { expect, it } from "vitest";
import { toIso } from "./paging";

it.each([
  ["2026-11-21 08:00:00.5+00", "2026-11-21T08:00:00.500Z"],
  ["2026-11-21 08:00:00+00", "2026-11-21T08:00:00.000Z"],
  ["2026-02-28 23:59:59.999999+00", "2026-02-28T23:59:59.999Z"],
  // of a server that was told another time zone
  ["2026-11-21 10:30:00.12+02:30", "2026-11-21T08:00:00.120Z"],
])("%s is %s", (written, iso) => expect(toIso(written)).toBe(iso));
