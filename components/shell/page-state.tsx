import { EyeOff, FileQuestionMark } from "lucide-react";
import { ButtonLink } from "../ui/button";
import { Empty } from "../ui/empty";

const HOME = <ButtonLink href="/">Go to home</ButtonLink>;

/** An address that leads nowhere. */
export function NotFoundState() {
  return (
    <Empty level={1} icon={FileQuestionMark} title="Not found" actions={HOME} className="flex-1">
      Nothing has this address. It may have been removed, or the link is not whole.
    </Empty>
  );
}

/** A page that exists and is closed to this role. */
export function ForbiddenState() {
  return (
    <Empty level={1} icon={EyeOff} title="Your role may not open this" actions={HOME} className="flex-1">
      The page exists and is not empty. A superadmin can give you a role that may see it.
    </Empty>
  );
}
