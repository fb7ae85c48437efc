"use server";

import { requestAction, undoAction, undoPreview } from "@/lib/next/action";

export const requestChange = requestAction;
export const undoChange = undoAction;
export const previewUndo = undoPreview;
