import "server-only";
import { constraint } from "@/lib/core/translate";

constraint("users_email_live", "email", "conflict", "Another person uses this address.");
constraint("users_email_form", "email", "invalid", "This is not an address that can be used.");
constraint("users_display_name_length", "display_name", "invalid", "Use at most 200 characters.");
constraint("users_status_edge", null, "conflict", "A person in this status cannot become that.");
constraint("last_superadmin", null, "conflict", "This is the last superadmin. Make someone else one first.");
