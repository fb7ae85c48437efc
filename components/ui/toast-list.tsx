"use client";

import { CircleCheck, CircleX, TriangleAlert, X } from "lucide-react";
import { useEffect } from "react";
import { toast as sonner, Toaster } from "sonner";
import { buttonStyle } from "./button-style";
import { Kbd } from "./kbd";
import { takeToasts, toastStore, type ToastInput } from "./toast";
import { TONE_TEXT } from "./tone";

const ICONS = { ok: CircleCheck, warn: TriangleAlert, bad: CircleX };

export default function ToastList() {
  useEffect(() => {
    const drain = () => takeToasts().forEach(show);
    drain();
    return toastStore.subscribe(drain);
  }, []);
  return (
    <Toaster
      position="bottom-right"
      duration={8000}
      gap={10}
      offset={{ bottom: 56, right: 20 }}
      mobileOffset={{ bottom: 72 }}
    />
  );
}

function show(input: ToastInput): void {
  sonner.custom((id) => <ToastCard input={input} close={() => sonner.dismiss(id)} />);
}

function ToastCard({ input, close }: { input: ToastInput; close: () => void }) {
  const tone = input.tone ?? "ok";
  const Icon = ICONS[tone];

  async function undo() {
    close();
    await input.undo?.();
  }

  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className="status flex w-[400px] max-w-[calc(100vw-32px)] items-start gap-2.5 rounded-lg border bg-raised px-3.5 py-3 font-sans text-base text-text shadow-md"
    >
      <Icon size={15} aria-hidden className={`mt-0.5 ${TONE_TEXT[tone]}`} />
      <div className="min-w-0 flex-1">
        <b className="block font-medium">{input.title}</b>
        {input.text ? <span className="block text-sm leading-[18px] text-text-2">{input.text}</span> : null}
      </div>
      {input.undo ? (
        <button type="button" onClick={undo} data-shortcut="undo" className={buttonStyle({ size: "sm" })}>
          Undo <Kbd>Z</Kbd>
        </button>
      ) : null}
      <button
        type="button"
        onClick={close}
        aria-label="Dismiss"
        className="-mr-1 grid size-6 flex-none place-items-center rounded-sm text-text-3 hover:text-text touch:size-11"
      >
        <X size={14} aria-hidden />
      </button>
    </div>
  );
}
