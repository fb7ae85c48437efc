import { LogIn } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";

export const metadata: Metadata = { title: "Signed out" };

export default function Unauthorized() {
  return (
    <main id="content" className="grid min-h-dvh place-items-center">
      <Empty
        level={1}
        icon={LogIn}
        title="Your session has ended"
        actions={
          <ButtonLink href="/sign-in" variant="primary">
            Sign in
          </ButtonLink>
        }
      >
        Nothing was changed. Sign in and go on where you were.
      </Empty>
    </main>
  );
}
