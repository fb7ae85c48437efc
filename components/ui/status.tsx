import {
  Archive,
  Ban,
  CalendarX2,
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CirclePause,
  CircleQuestionMark,
  CircleSlash,
  CircleX,
  ClockAlert,
  FileDiff,
  GitCompareArrows,
  Hourglass,
  LoaderCircle,
  Lock,
  Mail,
  MailQuestionMark,
  OctagonX,
  Stamp,
  TriangleAlert,
  Unlink,
  Unplug,
  Wrench,
} from "lucide-react";
import { Badge } from "./badge";
import type { Icon, StatusEntry } from "./tone";

const ICONS: Record<string, Icon> = {
  archive: Archive,
  ban: Ban,
  "calendar-x-2": CalendarX2,
  "circle-check": CircleCheck,
  "circle-dashed": CircleDashed,
  "circle-minus": CircleMinus,
  "circle-pause": CirclePause,
  "circle-question-mark": CircleQuestionMark,
  "circle-slash": CircleSlash,
  "circle-x": CircleX,
  "clock-alert": ClockAlert,
  "file-diff": FileDiff,
  "git-compare-arrows": GitCompareArrows,
  hourglass: Hourglass,
  "loader-circle": LoaderCircle,
  lock: Lock,
  mail: Mail,
  "mail-question-mark": MailQuestionMark,
  "octagon-x": OctagonX,
  stamp: Stamp,
  "triangle-alert": TriangleAlert,
  unlink: Unlink,
  unplug: Unplug,
  wrench: Wrench,
};

/** Draws one entry of a noun's status map. Server components only: it carries every status icon. */
export function Status({ status, detail }: { status: StatusEntry; detail?: string }) {
  return (
    <Badge tone={status.tone} icon={ICONS[status.icon] ?? CircleQuestionMark} quiet={!status.filled}>
      {detail ? `${status.word}, ${detail}` : status.word}
    </Badge>
  );
}
