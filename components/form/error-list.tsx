import type { ReactNode } from "react";
import { Mono } from "../ui/mono";
import { Note } from "../ui/note";

type ErrorListProps = {
  /** What happened, as a sentence. */
  title: string;
  /** Messages by field name; a field is linked when the page gave it an id. */
  fields?: Record<string, string[]> | undefined;
  ids?: Record<string, string>;
  labels?: Record<string, string>;
  reference?: string;
  children?: ReactNode;
};

/** One list per form, read aloud when it appears, each entry leading to its field. */
export function ErrorList({ title, fields = {}, ids = {}, labels = {}, reference, children }: ErrorListProps) {
  const entries = Object.entries(fields).flatMap(([field, messages]) =>
    messages.map((message) => ({ field, message })),
  );
  return (
    <Note tone="bad" role="alert" title={title}>
      {entries.length > 0 ? (
        <ul>
          {entries.map(({ field, message }) => (
            <li key={field + message}>
              {ids[field] ? (
                <a href={`#${ids[field]}`} className="link">
                  {labels[field] ?? field}
                </a>
              ) : (
                (labels[field] ?? field)
              )}
              : {message}
            </li>
          ))}
        </ul>
      ) : null}
      {children}
      {reference ? (
        <p className="text-text-2">
          Reference <Mono>{reference}</Mono>
        </p>
      ) : null}
    </Note>
  );
}
