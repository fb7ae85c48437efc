import { z } from "zod";
import { ROLES } from "@/lib/auth/permissions";
import { cursor, dateBound, list, pageLimit, text, whole } from "@/lib/core/schema";

export const USER_STATUSES = ["invited", "unverified", "active", "suspended", "archived"] as const;

export const User = z.strictObject({
  id: z.uuid(),
  email: z.string(),
  display_name: z.string(),
  status: z.enum(USER_STATUSES),
  suspended_reason: z.string().nullable(),
  suspended_until: z.string().nullable(),
  email_verified_at: z.string().nullable(),
  locale: z.string(),
  time_zone: z.string(),
  country: z.string().nullable(),
  roles: z.array(z.string()),
  last_seen_at: z.string().nullable(),
  version: z.number(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type User = z.infer<typeof User>;
export type UserStatus = User["status"];

type StatusEntry = { word: string; icon: string; tone: "ok" | "warn" | "bad" | "info" | "off"; filled: boolean };

/** How a status is shown: an ordinary one is quiet, one that needs a person is filled. */
export const USER_STATUS: Record<UserStatus, StatusEntry> = {
  invited: { word: "Invited", icon: "mail", tone: "info", filled: true },
  unverified: { word: "Unverified", icon: "mail-question-mark", tone: "off", filled: true },
  active: { word: "Active", icon: "circle-check", tone: "ok", filled: false },
  suspended: { word: "Suspended", icon: "ban", tone: "bad", filled: true },
  archived: { word: "Archived", icon: "archive", tone: "off", filled: true },
};

export const USER_SORTS = ["newest", "oldest", "name", "-name", "email", "-email", "seen", "-seen"] as const;
export type UserSort = (typeof USER_SORTS)[number];

const filters = {
  q: text(200).optional(),
  mode: z.enum(["anywhere", "prefix"]).default("anywhere"),
  status: list(USER_STATUSES).optional(),
  role: list(ROLES).optional(),
  created_after: dateBound().optional(),
  created_before: dateBound().optional(),
};

export const CountUsers = z.strictObject(filters);

export const ListUsers = z
  .strictObject({
    ...filters,
    /** Without one, a search is ordered by relevance and everything else by newest first. */
    sort: z.enum(USER_SORTS).optional(),
    limit: pageLimit(),
    after: cursor().optional(),
    before: cursor().optional(),
  })
  .refine(({ after, before }) => !after || !before, { path: ["before"], error: "cannot be combined with after" });
export type ListUsers = z.infer<typeof ListUsers>;
export type UserFilters = z.infer<typeof CountUsers>;

/** Which store answered a list, and whether it is the one that should have. */
export type ListSource = {
  store: "postgres" | "elasticsearch";
  degraded: boolean;
  reason: string | null;
  mode: UserFilters["mode"];
  ms: number;
};

/** Search hits stand between U+E000 and U+E001. */
export type Highlight = { display_name?: string; email?: string };

/** `index_behind`: the search index holds an older version of this person than the row shown. */
export type UserRow = User & { highlight?: Highlight; index_behind?: true };

export type PageInfo = { next: string | null; previous: string | null; estimated_total: number; exact: boolean };

export type UserPage = { data: UserRow[]; page: PageInfo; source: ListSource };

export type UserCount = { total: number; exact: true; source: ListSource };

export type UserSuggestions = { data: UserRow[]; source: ListSource };

export type UserFigures = {
  total: number;
  by_status: Record<UserStatus, number>;
  /** One entry per UTC day, oldest first, the last one still running. */
  sign_ups: { day: string; count: number }[];
  as_of: string;
};

export const UserFiguresInput = z.strictObject({});

export const SuggestUsers = z.strictObject({ q: text(200) });

export const GetUser = z.strictObject({ id: z.uuid() });

/** How long a suspension with an end may last. */
export const SUSPENSION_MAX_YEARS = 5;

const target = { id: z.uuid(), version: whole(1) };

export const EditUser = z.strictObject({
  ...target,
  display_name: text(200).optional(),
  email: z
    .string()
    .trim()
    .transform((value) => value.normalize("NFC").toLowerCase())
    .pipe(z.email().min(3).max(254))
    .optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "is not a language tag such as en or pt-BR")
    .optional(),
  time_zone: z.string().refine(isTimeZone, "is not a time zone such as Europe/Lisbon").optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "is not a two-letter country code")
    .nullable()
    .optional(),
});

export const SuspendUser = z.strictObject({
  ...target,
  reason: text(500),
  until: dateBound().optional(),
});

export const ReactivateUser = z.strictObject({ ...target, reason: text(500).optional() });

export const SignOutUser = z.strictObject({ ...target, reason: text(500).optional() });

function isTimeZone(value: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: value }));
  } catch {
    return false;
  }
}
