import { Copy } from "@/components/ui/copy";
import { Mono } from "@/components/ui/mono";
import { Note } from "@/components/ui/note";

/** Shown once, with what the other side does with it. */
export function SecretNote({ secret }: { secret: string }) {
  return (
    <Note tone="warn" title="Copy the signing secret now, it is not shown again">
      <span className="flex flex-wrap items-center gap-1.5">
        <Mono data-secret="">{secret}</Mono>
        <Copy text={secret} label="Copy the signing secret" />
      </span>
      Each message carries <Mono>Quadrant-Signature: t=…,v1=…</Mono>; v1 is the hex HMAC-SHA-256 of t, a full stop and
      the body.
    </Note>
  );
}
