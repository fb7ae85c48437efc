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

/** Every address of the API. A test compares it with the route files. */
export const API: readonly ApiEntry[] = [
  { method: "get", path: "/api/v1/users", action: "user.list", summary: "List and search people", answer: "UserPage" },
  {
    method: "get",
    path: "/api/v1/users/count",
    action: "user.count",
    summary: "Count people exactly",
    answer: "Count",
  },
  { method: "get", path: "/api/v1/users/{id}", action: "user.get", summary: "Read one person", answer: "User" },
  { method: "patch", path: "/api/v1/users/{id}", action: "user.edit", summary: "Edit a person", answer: "Saved" },
  {
    method: "post",
    path: "/api/v1/users/{id}/suspend",
    action: "user.suspend",
    summary: "Suspend a person and end their sessions",
    answer: "Saved",
  },
  {
    method: "post",
    path: "/api/v1/users/{id}/reactivate",
    action: "user.reactivate",
    summary: "Reactivate a suspended person",
    answer: "Saved",
  },
  {
    method: "get",
    path: "/api/v1/users/{id}/sessions",
    action: "session.list",
    summary: "List a person's sessions",
    answer: "SessionList",
    names: { id: "user_id" },
  },
  {
    method: "delete",
    path: "/api/v1/users/{id}/sessions",
    action: "user.sign-out",
    summary: "Sign a person out everywhere",
    answer: "Saved",
  },
  { method: "get", path: "/api/v1/audit", action: "audit.list", summary: "List audit events", answer: "AuditPage" },
];
