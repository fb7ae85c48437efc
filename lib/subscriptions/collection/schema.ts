/** Why a payment failed that we gave up ourselves: the processor may still have taken it. */
export const GIVEN_UP = { ended: "The subscription was cancelled.", silence: "The processor did not answer." } as const;

export function isGivenUp(failure: string | null): boolean {
  return failure === GIVEN_UP.ended || failure === GIVEN_UP.silence;
}
