import { describe, expect, it } from "vitest";
import { networkPrefix } from "./address";

describe("network part of an address", () => {
  it.each([
    ["203.0.113.77", "203.0.113.0/24"],
    ["::ffff:203.0.113.77", "203.0.113.0/24"],
    ["2001:db8:1234:5678::9", "2001:db8:1234::/48"],
    ["2001:0DB8::9", "2001:db8:0::/48"],
    ["::1", "0:0:0::/48"],
    ["fe80::1%eth0", "fe80:0:0::/48"],
    ["1:2:3:4:5:6:7:8", "1:2:3::/48"],
    [" 203.0.113.77 ", "203.0.113.0/24"],
    ["203.0.113.77, 10.0.0.1", undefined],
    ["localhost", undefined],
    ["", undefined],
    [null, undefined],
  ])("%s → %s", (address, prefix) => {
    expect(networkPrefix(address)).toBe(prefix);
  });
});
