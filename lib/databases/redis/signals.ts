import "server-only";
import { signalsOf } from "../signal";

export const SIGNALS = signalsOf("redis", [{ id: "answer_ms", label: "Answer time", unit: "ms", everyS: 10 }]);
