import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { EnvTag } from "@/components/shell/env-tag";
import { Mark } from "@/components/shell/mark";
import { Note } from "@/components/ui/note";
import { ownPath } from "@/lib/auth/own-path";
import { environment, isSignInOpen, isSignedIn } from "@/lib/next/entrance";
import { Clock } from "./clock";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const next = ownPath((await searchParams).next);
  if (await isSignedIn()) {
    redirect(next as Route);
  }
  return (
    <div className="grid min-h-dvh grid-rows-[1fr_auto] bg-sunken">
      <main id="content" tabIndex={-1} className="m-auto w-full max-w-[414px] px-4 py-8 outline-none">
        <p className="mb-6 flex items-center justify-center gap-2.5 text-[17px] font-semibold">
          <Mark size={24} />
          Quadrant
          <EnvTag environment={environment()} />
        </p>
        <section className="rounded-xl border bg-raised p-6 shadow-md sm:p-8">
          <h1 className="mb-4 text-[22px] leading-[30px] font-semibold tracking-[-0.02em]">Sign in</h1>
          {isSignInOpen() ? null : (
            <Note tone="warn" role="status" className="mb-4">
              PostgreSQL does not answer, and signing in needs it. Try again in a minute.
            </Note>
          )}
          <SignInForm next={next} />
          <p className="mt-4 border-t pt-4 text-sm text-text-2">
            After five wrong passwords an account is locked for 15 minutes, then for longer each time.
          </p>
        </section>
      </main>
      <footer className="flex flex-wrap justify-between gap-x-6 gap-y-1 px-7 py-5 text-sm text-text-3">
        <span>Every try is written to the audit log.</span>
        <Clock />
      </footer>
    </div>
  );
}
