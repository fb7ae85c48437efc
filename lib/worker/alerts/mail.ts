// Alerts by e-mail, where the installation has a mail server.
import "server-only";
import { createTransport } from "nodemailer";
import type { Env } from "@/lib/env";
import type { Answer } from "./webhook";

const LIMIT_MS = 10_000;

export type Letter = { id: string; to: string; subject: string; text: string };

export type Mailer = { send(letter: Letter): Promise<Answer>; close(): void };

/** Null when no mail server is named. */
export function createMailer(settings: Pick<Env, "QUADRANT_SMTP_URL" | "QUADRANT_MAIL_FROM">): Mailer | null {
  const { QUADRANT_SMTP_URL: url, QUADRANT_MAIL_FROM: from } = settings;
  if (!url || !from) return null;
  const limits = { connectionTimeout: LIMIT_MS, greetingTimeout: LIMIT_MS, socketTimeout: LIMIT_MS };
  const transport = createTransport({ url, ...limits, disableFileAccess: true, disableUrlAccess: true });
  return {
    async send({ id, to, subject, text }) {
      try {
        const { response } = await transport.sendMail({
          from,
          to: { name: "", address: to },
          subject,
          text,
          messageId: `<${id}@quadrant>`,
          headers: { "Quadrant-Event": id, "Auto-Submitted": "auto-generated" },
        });
        return { status: codeOf(response), error: null };
      } catch (error) {
        const message = error instanceof Error ? error.message : "The mail server could not be reached.";
        return { status: codeOf(message), error: message.slice(0, 300) };
      }
    },
    close: () => transport.close(),
  };
}

/** The reply code of SMTP stands at the beginning of an answer, and somewhere in a failure. */
function codeOf(text: string): number | null {
  const code = /(?:^|\s)([245]\d\d)(?=[\s-])/.exec(text)?.[1];
  return code === undefined ? null : Number(code);
}
