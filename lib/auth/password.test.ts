import { hash } from "@node-rs/argon2";
import { describe, expect, it } from "vitest";
import type { AppError } from "@/lib/core/errors";
import { hashPassword, verifyPassword } from "./password";

describe("passwords", () => {
  it("are argon2id with the agreed cost", async () => {
    expect(await hashPassword("correct horse battery")).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
  });

  it("match only themselves", async () => {
    const stored = await hashPassword("pässwörd 🔑");
    expect(await verifyPassword(stored, "pässwörd 🔑")).toBe(true);
    expect(await verifyPassword(stored, "passwort")).toBe(false);
  });

  it("never match without a stored hash, even the dummy's own text", async () => {
    expect(await verifyPassword(null, "no password has this hash")).toBe(false);
  });

  it("are checked four at a time, and a flood is refused rather than queued without end", async () => {
    const cheap = await hash("one", { algorithm: 2, memoryCost: 64, timeCost: 1, parallelism: 1 });
    const tries = await Promise.allSettled(Array.from({ length: 30 }, () => verifyPassword(cheap, "two")));
    const refused = tries.filter((attempt) => attempt.status === "rejected");
    expect(refused).toHaveLength(30 - 4 - 16);
    expect(refused.map(({ reason }) => (reason as AppError).code)).toEqual(refused.map(() => "busy"));
  });
});
