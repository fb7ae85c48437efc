/** Series on one axis are told apart without their colour. */
export const DASHES = [undefined, "7 3", "2 3", "9 3 2 3"];
