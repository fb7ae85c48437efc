import { AuthHandler } from "next-auth/core";
import { beforeAll, describe, expect, it } from "vitest";
import type { AppError } from "@/lib/core/errors";
import type { Stores } from "@/lib/core/stores";
import { database } from "@/lib/testing/database";
import { person } from "@/lib/testing/factories";
import { testStores } from "@/lib/testing/stores";
import { authOptions } from "./options";
import { hashPassword } from "./password";

const PASSWORD = "a password nobody guesses";
let stores: Stores;
let email: string;

beforeAll(async () => {
  stores = await testStores();
  const made = await person({ display_name: "Noor Haddad" });
  email = made.email;
  const sql = await database();
  await sql`insert into app.user_roles (user_id, role_code) values (${made.id}, 'auditor')`;
  await sql`insert into system.credentials (user_id, password_hash) values (${made.id}, ${await hashPassword(PASSWORD)})`;
});

type Call = { action: "csrf" | "session" | "callback"; cookies?: Record<string, string>; body?: object; on?: Stores };

async function call({ action, cookies = {}, body, on = stores }: Call) {
  const failures: AppError[] = [];
  const answer = await AuthHandler({
    req: { action, method: body ? "POST" : "GET", providerId: "credentials", cookies, body, query: {}, headers: {} },
    options: authOptions(on, (error) => failures.push(error)),
  });
  return { ...answer, cookies: answer.cookies ?? [], failures };
}

async function signIn(password: string, on = stores, callbackUrl = "/users") {
  const { body, cookies } = await call({ action: "csrf" });
  const { csrfToken } = body as { csrfToken: string };
  const jar = Object.fromEntries(cookies.map(({ name, value }) => [name, value]));
  return call({
    action: "callback",
    cookies: jar,
    body: { csrfToken, email, password, callbackUrl, json: "true" },
    on,
  });
}

const SESSION = "__Host-quadrant-session";

describe("cookies", () => {
  it("are host-bound, strict and out of reach of scripts", async () => {
    const { cookies: before } = await call({ action: "csrf" });
    const { cookies: after } = await signIn(PASSWORD);
    const all = [...before, ...after];
    expect(new Set(all.map(({ name }) => name))).toEqual(
      new Set([SESSION, "__Host-quadrant-csrf", "__Host-quadrant-callback"]),
    );
    for (const { options } of all) {
      expect(options).toMatchObject({ httpOnly: true, secure: true, sameSite: "strict", path: "/" });
      expect(options).not.toHaveProperty("domain");
    }
  });

  it("carry an opaque id of 256 bits, new at every sign-in", async () => {
    const sids = await Promise.all([signIn(PASSWORD), signIn(PASSWORD)]);
    const values = sids.map(({ cookies }) => cookies.find(({ name }) => name === SESSION)?.value);
    expect(new Set(values).size).toBe(2);
    for (const value of values) {
      expect(Buffer.from(value ?? "", "base64url")).toHaveLength(32);
    }
  });
});

describe("next-auth", () => {
  it("tells a browser name, id and roles of its session, and nothing else", async () => {
    const { cookies } = await signIn(PASSWORD);
    const sid = cookies.find(({ name }) => name === SESSION)?.value ?? "";
    const { body, cookies: renewed } = await call({ action: "session", cookies: { [SESSION]: sid } });
    expect(body).toEqual({
      expires: expect.any(String),
      user: { id: expect.any(String), name: "Noor Haddad", roles: ["auditor"] },
    });
    expect(renewed.find(({ name }) => name === SESSION)?.value).toBe(sid);
  });

  it("clears a cookie that opens nothing", async () => {
    const { body, cookies } = await call({ action: "session", cookies: { [SESSION]: "A".repeat(43) } });
    expect(body).toEqual({});
    expect(cookies.find(({ name }) => name === SESSION)).toMatchObject({ value: "", options: { maxAge: 0 } });
  });

  it("opens no session without the token of the form", async () => {
    const answer = await call({ action: "callback", body: { email, password: PASSWORD, json: "true" } });
    expect(answer.cookies.some(({ name }) => name === SESSION)).toBe(false);
  });

  it("opens no session for a wrong password", async () => {
    const answer = await signIn("wrong");
    expect(answer).toMatchObject({ status: 401, failures: [] });
    expect(answer.cookies.some(({ name }) => name === SESSION)).toBe(false);
  });

  it.each(["https://evil.example/", "//evil.example", "/\\evil.example"])("does not lead to %s", async (target) => {
    expect((await signIn(PASSWORD, stores, target)).redirect).toBe("/");
  });

  it("reports a database that is away as such, and signs nobody in", async () => {
    const away = await testStores({ env: { SYSTEM_DATABASE_URL: "postgres://quadrant_system@127.0.0.1:1/none" } });
    const answer = await signIn(PASSWORD, away);
    expect(answer.failures).toMatchObject([{ code: "unavailable", details: { store: "postgres" } }]);
    expect(answer.cookies.some(({ name }) => name === SESSION)).toBe(false);
  });
});
