import { FieldDiff } from "@/components/form/field-diff";
import { ErrorList } from "@/components/form/error-list";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import type { Failure } from "@/lib/next/failure";
import { FIELD_LABELS } from "../users/user-words";
import { currentOf, wantedOf } from "./words";

type FailureNoteProps = {
  failure: Failure;
  labels?: Record<string, string> | undefined;
  /** What this dialog wanted to write, to stand beside what somebody else wrote. */
  mine?: Record<string, unknown> | undefined;
  /** Goes on from the record as it is now, with what was typed. */
  onRebase?: ((current: Record<string, unknown>) => void) | undefined;
};

/** Why it was not done, and what to do next. */
export function FailureNote({ failure, labels = FIELD_LABELS, mine, onRebase }: FailureNoteProps) {
  if (failure.code === "changed_since_preview") {
    return (
      <Note tone="warn" role="alert" title="Changed since the preview">
        Nothing was done. These are the numbers of now; confirm again if they are what you want.
      </Note>
    );
  }
  if (failure.code === "stale") {
    return <Stale failure={failure} labels={labels} mine={mine} onRebase={onRebase} />;
  }
  return (
    <ErrorList
      title={failure.message}
      fields={failure.fields}
      labels={labels}
      reference={failure.code === "internal" ? failure.request_id : undefined}
    />
  );
}

function Stale({ failure, labels = {}, mine = wantedOf(failure), onRebase }: FailureNoteProps) {
  const current = currentOf(failure);
  const differing = Object.keys(mine).filter((field) => field in current && current[field] !== mine[field]);
  const pick = (from: Record<string, unknown>) => Object.fromEntries(differing.map((field) => [field, from[field]]));
  return (
    <div className="space-y-2">
      <Note
        tone="warn"
        role="alert"
        title={failure.message}
        action={
          onRebase ? (
            <Button size="sm" onClick={() => onRebase(current)}>
              Load the newest, keep my text
            </Button>
          ) : null
        }
      >
        Nothing was saved and nothing you typed is lost.
      </Note>
      {differing.length > 0 ? (
        <FieldDiff
          caption="What differs from the newest version"
          before={pick(current)}
          after={pick(mine)}
          labels={labels}
          heads={["Field", "Theirs, saved", "Yours"]}
        />
      ) : null}
    </div>
  );
}
