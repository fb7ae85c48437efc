"use client";

import type { ComponentProps } from "react";
import { showOverlay, type Overlay } from "./overlay-store";

type OverlayButtonProps = ComponentProps<"button"> & { overlay: Overlay };

/** Opens the palette or the list of shortcuts. */
export function OverlayButton({ overlay, ...props }: OverlayButtonProps) {
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={(event) => {
        event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
        showOverlay(overlay);
      }}
      {...props}
    />
  );
}
