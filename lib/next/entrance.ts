import "server-only";
import type { Route } from "next";
import { headers } from "next/headers";
import { ownPath } from "@/lib/auth/own-path";
import { toAppError } from "@/lib/core/translate";
import { env } from "@/lib/env";
import { currentSession } from "./context";
import { stores } from "./stores";

/** What the tag beside the name says. */
export function environment(): "Local" | "Production" {
  return env().QUADRANT_STACK === "local" ? "Local" : "Production";
}

/** False too while nobody can say: the page then shows its form and what is wrong. */
export async function isSignedIn(): Promise<boolean> {
  try {
    return (await currentSession()) !== null;
  } catch (error) {
    const failure = toAppError(error);
    if (failure.code === "unavailable" || failure.code === "busy") {
      return false;
    }
    throw failure;
  }
}

/** False while PostgreSQL, which holds the accounts, is known not to answer. */
export function isSignInOpen(): boolean {
  return stores()
    .engines.reach()
    .every(({ engine, status }) => engine !== "postgres" || status !== "down");
}

/** Where somebody whose session has ended signs in, to come back to this page afterwards. */
export async function signInAddress(): Promise<Route> {
  const next = ownPath((await headers()).get("x-path"));
  return (next === "/" ? "/sign-in" : `/sign-in?${new URLSearchParams({ next })}`) as Route;
}
