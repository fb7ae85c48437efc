import "server-only";

/** An event as a mail: the subject alone tells what and how bad. */
export function letterOf(
  body: Record<string, unknown>,
  consoleUrl: string | undefined,
): { subject: string; text: string } {
  const alert = isRecord(body.alert) ? body.alert : null;
  const link = consoleUrl ? `${consoleUrl.replace(/\/$/, "")}/alerts` : null;
  if (!alert) {
    return { subject: "Quadrant: a test", text: lines(["This is a test of a channel. Nothing is wrong.", link]) };
  }
  const mark = body.type === "alert.resolved" ? "Resolved" : alert.severity === "critical" ? "Critical" : "Warning";
  return {
    // A line break in a subject would begin a header of its own.
    subject: `[${mark}] ${word(alert.name)}`.replaceAll(/\s+/g, " "),
    text: lines([
      word(alert.text),
      `Since ${word(alert.started_at)}`,
      alert.resolved_at ? `Until ${word(alert.resolved_at)}` : null,
      alert.next_step ? `Next: ${word(alert.next_step)}` : null,
      link,
    ]),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function word(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "–";
}

function lines(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join("\n\n");
}
