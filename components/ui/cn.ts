import { clsx, type ClassValue } from "clsx";
import { twMerge } from "tailwind-merge";

/** Joins class names; the last of two that contradict each other wins. Too heavy for client components: they use clsx. */
export function cn(...inputs: ClassValue[]): string {
  return twMerge(clsx(inputs));
}
