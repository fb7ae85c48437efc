"use client";

import { useRef, useState, useSyncExternalStore, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { exchange } from "./exchange";

const never = () => () => {};

/** False until React listens, so that nothing is sent around it. */
function useListening(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

export function SignInForm({ next }: { next: string }) {
  const listening = useListening();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const password = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (sending) {
      return;
    }
    setSending(true);
    setFailure(null);
    const answer = await exchange(new FormData(event.currentTarget), next);
    if (answer.ok) {
      window.location.assign(answer.url);
      return;
    }
    setFailure(answer.message);
    setSending(false);
    password.current?.select();
  }

  return (
    <form method="post" action="/api/auth/callback/credentials" onSubmit={submit} className="grid gap-3.5">
      {failure ? (
        <Note tone="bad" role="alert">
          <span id="sign-in-failure">{failure}</span>
        </Note>
      ) : null}
      <Field label="E-mail">
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            required
            autoFocus
            className="h-10"
          />
        )}
      </Field>
      <Field label="Password">
        {(control) => (
          <Input
            {...control}
            ref={password}
            name="password"
            type="password"
            autoComplete="current-password"
            maxLength={512}
            required
            aria-invalid={failure ? true : undefined}
            aria-describedby={failure ? "sign-in-failure" : undefined}
            className="h-10"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" disabled={!listening} aria-disabled={sending} className="mt-1">
        {sending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
