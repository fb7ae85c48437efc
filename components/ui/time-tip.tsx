"use client";

import { useEffect, useRef } from "react";
import { formatUtc, relativeTime } from "./time-format";

/** One tip for every `<time data-tip>` of the page, so that a list of times needs no script per row. */
export function TimeTip() {
  const tip = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const show = (event: Event) => {
      const time = event.target instanceof Element ? event.target.closest<HTMLTimeElement>("time[data-tip]") : null;
      const box = tip.current;
      if (!box) {
        return;
      }
      if (!time) {
        box.hidePopover();
        return;
      }
      box.replaceChildren(...rows(time.dateTime));
      box.showPopover();
      place(box, time.getBoundingClientRect());
    };
    const hide = (event: KeyboardEvent) => event.key === "Escape" && tip.current?.hidePopover();
    document.addEventListener("mouseover", show);
    document.addEventListener("focusin", show);
    document.addEventListener("keydown", hide);
    return () => {
      document.removeEventListener("mouseover", show);
      document.removeEventListener("focusin", show);
      document.removeEventListener("keydown", hide);
    };
  }, []);

  return <div ref={tip} popover="manual" role="tooltip" className="time-tip" />;
}

function rows(iso: string): Node[] {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const local = new Date(iso).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });
  return [
    ["Relative", relativeTime(iso, Date.now())],
    [`Local, ${zone}`, local],
    ["UTC", formatUtc(iso)],
  ].flatMap(([label = "", value = ""]) => [element("span", label), element("b", value)]);
}

function element(tag: string, text: string): HTMLElement {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}

/** Under the time, or over it near the lower edge; inside the window at the right. */
function place(box: HTMLElement, at: DOMRect): void {
  const over = at.bottom + box.offsetHeight + 8 > window.innerHeight;
  box.style.top = `${over ? at.top - box.offsetHeight - 4 : at.bottom + 4}px`;
  box.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - box.offsetWidth - 8))}px`;
}
