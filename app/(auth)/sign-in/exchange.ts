type Answer = { ok: true; url: string } | { ok: false; message: string };

const NO_ANSWER = "The console did not answer. Check your connection and try again.";

/** Fetches the token that proves the form is ours, then trades the credentials for a session cookie. */
export async function exchange(form: FormData, next: string): Promise<Answer> {
  try {
    const token = await fetch("/api/auth/csrf", { cache: "no-store" });
    const { csrfToken } = (await token.json()) as { csrfToken: string };
    const answer = await fetch("/api/auth/callback/credentials", {
      method: "POST",
      body: new URLSearchParams({
        csrfToken,
        email: String(form.get("email")),
        password: String(form.get("password")),
        callbackUrl: next,
      }),
    });
    const body = (await answer.json()) as { url: string; detail: string };
    return answer.ok ? { ok: true, url: body.url } : { ok: false, message: body.detail };
  } catch {
    return { ok: false, message: NO_ANSWER };
  }
}
