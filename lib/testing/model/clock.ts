// A clock of this process that can be set ahead: months pass in a test without anybody's clock being set back.

let aheadMs = 0;

/** From now on everything that asks for the time hears one that is so far ahead of the real one. */
export function setAhead(ms: number): void {
  aheadMs = ms;
}

/** Puts the clock in place of the real one; answers how to put that back. */
export function installClock(): () => void {
  const real = globalThis.Date;
  const now = () => real.now() + aheadMs;
  globalThis.Date = new Proxy(real, {
    construct: (target, given: unknown[], as) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, as) as object,
    get: (target, key) => (key === "now" ? now : (Reflect.get(target, key) as unknown)),
  });
  return () => {
    globalThis.Date = real;
  };
}
