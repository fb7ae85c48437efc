"use server";

import { undoAction, undoPreview } from "@/lib/next/action";

export const undoChange = undoAction;
export const previewUndo = undoPreview;
