import { RemedyButton, type RemedyInput } from "../frame/remedy-button";
import { createIndexDry, createIndexRun } from "./actions";

const COLLECTION: RemedyInput = { name: "collection", label: "Collection", placeholder: "content" };
const KEYS: RemedyInput = {
  name: "keys",
  label: "Fields",
  note: "in order; a minus before a field turns it around",
  placeholder: "status, -updated_at",
};
const UNIQUE: RemedyInput = { name: "unique", label: "Values must be unique", type: "check", value: "false" };

type CreateIndexButtonProps = {
  /** The collection and fields that are wanted, when they are known. */
  wanted?: { collection: string; keys: string };
  size?: "sm" | "md";
};

export function CreateIndexButton({ wanted, size = "sm" }: CreateIndexButtonProps) {
  const inputs = [{ ...COLLECTION, value: wanted?.collection ?? "" }, { ...KEYS, value: wanted?.keys ?? "" }, UNIQUE];
  return (
    <RemedyButton
      run={createIndexRun}
      dryRun={createIndexDry}
      fields={{}}
      extra={inputs}
      label="Create index…"
      ariaLabel={wanted ? `Create an index on ${wanted.collection} (${wanted.keys})…` : undefined}
      title="Create an index"
      description="MongoDB reads the whole collection to build it; others go on meanwhile, a little slower."
      confirm="Create index"
      size={size}
    />
  );
}
