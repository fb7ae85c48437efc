import { expect, it } from "vitest";
import { limitPlace } from "./plot-labels";

it.each([
  [[], "Right"],
  [[90], "Left"],
  [[10, 90], ""],
  [[10, 50, 95], "Right"],
  [[10, 50, 80, 95], "Left"],
  [[100, 0], ""],
])("the words of a limit keep clear of marks at %j", (marks, place) => {
  expect(limitPlace(marks, 0, 100)).toBe(place);
});
