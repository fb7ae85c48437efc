import type { SignalChoice } from "@/lib/alerts/schema";
import { ENGINE_LABELS, ENGINES } from "@/lib/databases/schema";

/** What a rule may watch, by engine. */
export function SignalOptions({ signals }: { signals: readonly SignalChoice[] }) {
  return (
    <>
      <option value="">Choose a signal</option>
      {ENGINES.map((engine) => (
        <optgroup key={engine} label={ENGINE_LABELS[engine]}>
          {signals
            .filter((signal) => signal.engine === engine)
            .map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
        </optgroup>
      ))}
    </>
  );
}
