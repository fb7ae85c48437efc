import { RemedyButton } from "../health/frame/remedy-button";
import { muteDry, muteRun, unmuteDry, unmuteRun } from "./actions";

type RuleTarget = { rule: { id: string; version: number; name: string } };

const SPANS = [
  { value: "1", label: "1 hour" },
  { value: "4", label: "4 hours" },
  { value: "24", label: "1 day" },
  { value: "168", label: "1 week" },
  { value: "720", label: "30 days" },
];

export function MuteButton({ rule: { id, version, name } }: RuleTarget) {
  return (
    <RemedyButton
      command
      run={muteRun}
      dryRun={muteDry}
      fields={{ id, version: String(version) }}
      label="Mute…"
      ariaLabel={`Mute ${name}`}
      title={`Mute ${name}`}
      description="It is still measured. Nobody is told and it does not count until then."
      confirm="Mute rule"
      extra={[{ name: "hours", label: "Mute for", choices: SPANS, value: "1" }]}
    />
  );
}

export function UnmuteButton({ rule: { id, version, name } }: RuleTarget) {
  return (
    <RemedyButton
      command
      reason="optional"
      run={unmuteRun}
      dryRun={unmuteDry}
      fields={{ id, version: String(version) }}
      label="Unmute"
      ariaLabel={`Unmute ${name}`}
      title={`Unmute ${name}`}
      description="If it is open now, its channels are told within seconds."
      confirm="Unmute rule"
    />
  );
}
