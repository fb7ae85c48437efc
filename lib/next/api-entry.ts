import "server-only";

export type ApiEntry = {
  method: "get" | "post" | "patch" | "delete";
  path: `/api/v1/${string}`;
  action: string;
  summary: string;
  /** Name of the answer in the document's schemas. */
  answer: string;
  /** Names of the path that the operation calls otherwise. */
  names?: Record<string, string>;
};
