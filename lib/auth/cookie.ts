import "server-only";

/** `__Host-`: the browser accepts it only with Secure and Path=/, and never from a sibling domain. */
export const SESSION_COOKIE = "__Host-quadrant-session";

export const COOKIE_OPTIONS = { httpOnly: true, secure: true, sameSite: "strict", path: "/" } as const;
