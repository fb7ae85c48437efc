import { EyeOff } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";

export const metadata: Metadata = { title: "Not allowed" };

export default function Forbidden() {
  return (
    <div id="content" className="grid min-h-full flex-1 place-items-center">
      <Empty
        level={1}
        icon={EyeOff}
        title="Your role may not open this"
        actions={<ButtonLink href="/">Go to home</ButtonLink>}
      >
        The page exists and is not empty. A superadmin can give you a role that may see it.
      </Empty>
    </div>
  );
}
