import { hash } from "@node-rs/argon2";
import NextAuth from "next-auth";
import { beforeAll, describe, expect, it } from "vitest";
import type { AppError } from "@/lib/core/errors";
import type { Stores } from "@/lib/core/stores";
import { database } from "@/lib/testing/database";
import { person } from "@/lib/testing/factories";
import { testStores } from "@/lib/testing/stores";
import { authOptions } from "./options";

const PASSWORD = "a password nobody guesses";
let stores: Stores;
let email: string;

beforeAll(async () => {
  stores = await testStores();
  const made = await person({ display_name: "Noor Haddad" });
  email = made.email;
  const sql = await database();
  await sql`insert into app.user_roles (user_id, role_code) values (${made.id}, 'auditor')`;
  const cheap = await hash(PASSWORD, { algorithm: 2, memoryCost: 64, timeCost: 1, parallelism: 1 });
  await sql`insert into system.credentials (user_id, password_hash) values (${made.id}, ${cheap})`;
});

type Call = { action: "csrf" | "session" | "callback"; cookies?: Record<string, string>; body?: object; on?: Stores };

/** Asks next-auth as an HTTP server would; `cookies` are the Set-Cookie headers of the answer. */
async function call({ action, cookies = {}, body, on = stores }: Call) {
  const failures: AppError[] = [];
  const answer = { status: 200, body: undefined as unknown, cookies: [] as string[] };
  const response = {
    status: (code: number) => Object.assign(response, { sent: (answer.status = code) }),
    getHeader: () => answer.cookies,
    setHeader: (name: string, value: string[]) => void (name === "Set-Cookie" && (answer.cookies = value)),
    json: (value: unknown) => void (answer.body = value),
    send: (value: unknown) => void (answer.body = value),
  };
  const request = {
    method: body ? "POST" : "GET",
    query: { nextauth: action === "callback" ? [action, "credentials"] : [action] },
    headers: {},
    cookies,
    body,
  };
  await NextAuth(
    request as never,
    response as never,
    authOptions(on, (error) => failures.push(error)),
  );
  return { ...answer, failures };
}

function valueOf(cookies: readonly string[], name: string): string | undefined {
  const found = cookies.find((cookie) => cookie.startsWith(`${name}=`));
  return found && decodeURIComponent(found.slice(name.length + 1).split(";")[0] ?? "");
}

async function signIn(password: string, on = stores, callbackUrl = "/users") {
  const { body, cookies } = await call({ action: "csrf" });
  const { csrfToken } = body as { csrfToken: string };
  const jar = { [CSRF]: valueOf(cookies, CSRF) ?? "" };
  return call({
    action: "callback",
    cookies: jar,
    body: { csrfToken, email, password, callbackUrl, json: "true" },
    on,
  });
}

const SESSION = "__Host-quadrant-session";
const CSRF = "__Host-quadrant-csrf";

describe("cookies", () => {
  it("are host-bound, strict and out of reach of scripts", async () => {
    const { cookies: before } = await call({ action: "csrf" });
    const { cookies: after, failures } = await signIn(PASSWORD);
    expect(failures).toEqual([]);
    const all = [...before, ...after];
    expect(new Set(all.map((cookie) => cookie.split("=")[0]))).toEqual(
      new Set([SESSION, CSRF, "__Host-quadrant-callback"]),
    );
    for (const cookie of all) {
      expect(cookie).toMatch(/; Path=\/;/);
      expect(cookie).toMatch(/; HttpOnly; Secure; SameSite=Strict$/);
      expect(cookie).not.toMatch(/Domain=/i);
    }
  });

  it("carry an opaque id of 256 bits, new at every sign-in", async () => {
    const answers = await Promise.all([signIn(PASSWORD), signIn(PASSWORD)]);
    const values = answers.map(({ cookies }) => valueOf(cookies, SESSION));
    expect(new Set(values).size).toBe(2);
    for (const value of values) {
      expect(Buffer.from(value ?? "", "base64url")).toHaveLength(32);
    }
  });
});

describe("next-auth", () => {
  it("tells a browser name, id and roles of its session, and nothing else", async () => {
    const sid = valueOf((await signIn(PASSWORD)).cookies, SESSION) ?? "";
    const { body, cookies } = await call({ action: "session", cookies: { [SESSION]: sid } });
    expect(body).toEqual({
      expires: expect.any(String),
      user: { id: expect.any(String), name: "Noor Haddad", roles: ["auditor"] },
    });
    expect(valueOf(cookies, SESSION)).toBe(sid);
  });

  it("clears a cookie that opens nothing", async () => {
    const { body, cookies } = await call({ action: "session", cookies: { [SESSION]: "A".repeat(43) } });
    expect(body).toEqual({});
    expect(cookies.find((cookie) => cookie.startsWith(`${SESSION}=;`))).toContain("Max-Age=0");
  });

  it("opens no session without the token of the form", async () => {
    const { cookies } = await call({ action: "callback", body: { email, password: PASSWORD, json: "true" } });
    expect(valueOf(cookies, SESSION)).toBeUndefined();
  });

  it("opens no session for a wrong password", async () => {
    const answer = await signIn("wrong");
    expect(answer).toMatchObject({ status: 401, failures: [] });
    expect(valueOf(answer.cookies, SESSION)).toBeUndefined();
  });

  it.each(["https://evil.example/", "//evil.example", "/\\evil.example"])("does not lead to %s", async (target) => {
    expect((await signIn(PASSWORD, stores, target)).body).toEqual({ url: "/" });
  });

  it("reports a database that is away as such, and signs nobody in", async () => {
    const away = await testStores({ env: { SYSTEM_DATABASE_URL: "postgres://quadrant_system@127.0.0.1:1/none" } });
    const answer = await signIn(PASSWORD, away);
    expect(answer.failures).toMatchObject([{ code: "unavailable", details: { store: "postgres" } }]);
    expect(valueOf(answer.cookies, SESSION)).toBeUndefined();
  });
});
