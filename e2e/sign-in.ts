/** Signs in over HTTP as a browser would; returns the Cookie header of the new session. */
export async function signIn(base: string, person: { email: string; password: string }): Promise<string> {
  const start = await fetch(`${base}/api/auth/csrf`);
  const { csrfToken }: { csrfToken: string } = await start.json();
  const cookies = (answer: Response) => answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  const done = await fetch(`${base}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookies(start).join("; "), origin: base, "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ ...person, csrfToken, json: "true" }),
  });
  const session = cookies(done).find((cookie) => cookie?.startsWith("__Host-quadrant-session="));
  if (!session) throw new Error(`Signing in as ${person.email} was refused: ${done.status}`);
  return session;
}
