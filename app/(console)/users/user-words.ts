import { ROLE_LABELS } from "@/lib/auth/permissions";

const LABELS: Record<string, string> = ROLE_LABELS;

/** The word for a role; a role made later shows its code. */
export function roleLabel(code: string): string {
  return LABELS[code] ?? code;
}

export const FIELD_LABELS: Record<string, string> = {
  display_name: "Full name",
  email: "E-mail",
  locale: "Language",
  time_zone: "Time zone",
  country: "Country",
  status: "Status",
  suspended_reason: "Reason",
  suspended_until: "Ends",
};

export const FILTER_LABELS: Record<string, string> = {
  status: "Status",
  role: "Role",
  created_after: "Created after",
  created_before: "Created before",
};
