import { FileQuestionMark } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <div id="content" className="grid min-h-full flex-1 place-items-center">
      <Empty level={1} icon={FileQuestionMark} title="Not found" actions={<ButtonLink href="/">Go to home</ButtonLink>}>
        Nothing has this address. It may have been removed, or the link is not whole.
      </Empty>
    </div>
  );
}
