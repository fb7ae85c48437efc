import { Mail, Webhook } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { formatMs } from "@/components/ui/number";
import { Time } from "@/components/ui/time";
import type { ChannelRow } from "@/lib/alerts/delivery/schema";
import { RemedyButton } from "../health/frame/remedy-button";
import {
  deleteChannelDry,
  deleteChannelRun,
  editChannelDry,
  editChannelRun,
  testChannelDry,
  testChannelRun,
} from "./actions";
import { ChannelButton } from "./channel-button";

type ChannelRowsProps = { channels: readonly ChannelRow[]; mail: boolean; edits: boolean };

export function ChannelRows({ channels, mail, edits }: ChannelRowsProps) {
  return (
    <ul className="divide-y divide-line">
      {channels.map((channel) => {
        const Icon = channel.kind === "email" ? Mail : Webhook;
        return (
          <li key={channel.id} className="flex flex-wrap items-center gap-x-2.5 gap-y-2 px-3.5 py-2.5">
            <Icon size={15} aria-hidden className="text-text-2" />
            <div className="min-w-0 flex-1 basis-52">
              <p className="flex items-center gap-2 font-medium">
                {channel.name}
                {channel.enabled ? null : <Badge>Off</Badge>}
              </p>
              <p className="text-sm text-text-2 [overflow-wrap:anywhere]">
                {channel.address}
                {channel.kind === "webhook" ? ", signed" : ""}
              </p>
              <p className="text-sm text-text-3">
                <Last channel={channel} />
              </p>
            </div>
            {edits ? <Edits channel={channel} mail={mail} /> : null}
          </li>
        );
      })}
    </ul>
  );
}

function Last({ channel: { last } }: { channel: ChannelRow }) {
  if (!last) return "nothing sent in 30 days";
  const { at, ms, status, error } = last;
  return (
    <>
      last message <Time value={at} />
      {error === null ? (
        `, answered ${status ?? "well"} in ${formatMs(ms)}`
      ) : (
        <span className="text-bad">, failed: {error}</span>
      )}
    </>
  );
}

function Edits({ channel, mail }: { channel: ChannelRow; mail: boolean }) {
  const target = { id: channel.id, version: String(channel.version) };
  const { name } = channel;
  const word = channel.enabled ? "Switch off" : "Switch on";
  return (
    <span className="flex flex-wrap gap-1.5">
      <RemedyButton
        command
        reason="none"
        run={testChannelRun}
        dryRun={testChannelDry}
        fields={target}
        label="Send a test"
        ariaLabel={`Send a test to ${name}`}
        title={`Send a test to ${name}`}
        description="One message that says it is a test. The list below shows how it fared."
        confirm="Send test"
      />
      <ChannelButton mode="edit" channel={channel} mail={mail} aria-label={`Edit ${name}`}>
        Edit…
      </ChannelButton>
      {channel.kind === "webhook" ? (
        <ChannelButton mode="secret" channel={channel} mail={mail} aria-label={`New secret for ${name}`}>
          New secret…
        </ChannelButton>
      ) : null}
      <RemedyButton
        command
        reason="optional"
        run={editChannelRun}
        dryRun={editChannelDry}
        fields={{ ...target, enabled: String(!channel.enabled) }}
        label={word}
        ariaLabel={`${word} ${name}`}
        title={`${word} ${name}`}
        description={channel.enabled ? "Messages that wait are given up." : "It is told of what happens from now on."}
        confirm={channel.enabled ? "Switch channel off" : "Switch channel on"}
      />
      <RemedyButton
        command
        danger
        reason="optional"
        run={deleteChannelRun}
        dryRun={deleteChannelDry}
        fields={target}
        label="Delete…"
        ariaLabel={`Delete ${name}`}
        title={`Delete ${name}`}
        description="Messages that wait are given up. What was sent stays in the list."
        confirm="Delete channel"
      />
    </span>
  );
}
