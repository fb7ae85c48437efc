"use client";

import { lazy, Suspense, useState, type ReactNode } from "react";
import { buttonStyle, type ButtonStyle } from "@/components/ui/button-style";
import type { Channel } from "@/lib/alerts/delivery/schema";

const ChannelDialog = lazy(() => import("./channel-dialog"));

export type ChannelEditorProps = {
  mode: "create" | "edit" | "secret";
  /** Null with `create`. */
  channel: Channel | null;
  /** Whether e-mail can be chosen. */
  mail: boolean;
};

type ChannelButtonProps = ChannelEditorProps & ButtonStyle & { "aria-label"?: string; children: ReactNode };

export function ChannelButton({ mode, channel, mail, variant, children, ...props }: ChannelButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={props["aria-label"]}
        onClick={() => setOpen(true)}
        className={buttonStyle({ variant, size: "sm" })}
      >
        {children}
      </button>
      {open ? (
        <Suspense>
          <ChannelDialog mode={mode} channel={channel} mail={mail} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
