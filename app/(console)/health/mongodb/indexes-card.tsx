import { CircleCheck, CircleMinus, CircleQuestionMark, Layers, Lock, Timer } from "lucide-react";
import { Table, Td } from "@/components/data-table/table";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { formatUtc } from "@/components/ui/time-format";
import { formatValue } from "@/components/ui/value";
import type { Index } from "@/lib/health/mongodb/schema";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { RemedyButton } from "../frame/remedy-button";
import { dropIndexDry, dropIndexRun } from "./actions";
import { collectionsOf } from "./collections-of";

const ADVICE = {
  in_use: { word: "In use", tone: "ok", icon: CircleCheck },
  identity: { word: "Identity", tone: "off", icon: Lock },
  unique: { word: "Unique", tone: "off", icon: Lock },
  expiry: { word: "Expiry", tone: "off", icon: Timer },
  redundant: { word: "Redundant", tone: "warn", icon: Layers },
  unused: { word: "Unused", tone: "warn", icon: CircleMinus },
  not_used_yet: { word: "Not used yet", tone: "off", icon: CircleMinus },
  unknown: { word: "Unknown", tone: "unknown", icon: CircleQuestionMark },
} as const;

const SHOWN = 30;

export async function IndexesCard({ mayDrop }: { mayDrop: boolean }) {
  const found = await collectionsOf();
  if (!found.ok) {
    return (
      <Card>
        <CardHeader title="Index use" />
        <PanelFailure failure={found.failure} what="indexes" />
      </Card>
    );
  }
  const { indexes } = found.value;
  const since = indexes.flatMap(({ counted_since: at }) => at ?? []).sort()[0];
  return (
    <Card>
      <CardHeader title="Index use" hint={since ? `since ${formatUtc(since).slice(0, 16)} UTC` : undefined} />
      {indexes.length === 0 ? (
        <CardBody>
          <p className="text-text-2">There is no index yet.</p>
        </CardBody>
      ) : (
        <Table caption={`${indexes.length} indexes with their use`} variant="card">
          <thead>
            <tr>
              <th scope="col">Index</th>
              <th scope="col" className="text-right">
                Reads
              </th>
              <th scope="col" className="text-right max-md:hidden">
                Size
              </th>
              <th scope="col">Advice</th>
              <th scope="col">
                <span className="sr-only">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {indexes.slice(0, SHOWN).map((index) => (
              <IndexRow key={`${index.collection}.${index.name}`} index={index} mayDrop={mayDrop} />
            ))}
          </tbody>
        </Table>
      )}
      <CardFooter>
        {indexes.length > SHOWN ? `${formatNumber(indexes.length - SHOWN)} more. ` : ""}Unused: no read in 35 days.
      </CardFooter>
    </Card>
  );
}

function IndexRow({ index, mayDrop }: { index: Index; mayDrop: boolean }) {
  const { collection, name, key, uses, bytes, advice, by } = index;
  const { word, tone, icon } = ADVICE[advice];
  const isKept = advice === "identity" || advice === "unique";
  return (
    <tr>
      <td className="w-full max-w-0 py-1.5">
        <Mono className="block truncate" title={key.map((part) => part.join(" ")).join(", ")}>
          {name}
        </Mono>
        <span className="block truncate text-sm text-text-3">
          {by ? `${collection}, covered by ${by}` : collection}
        </span>
      </td>
      <Td numeric>{uses === null ? "–" : formatNumber(uses)}</Td>
      <Td numeric className="max-md:hidden">
        {formatValue(bytes, "bytes")}
      </Td>
      <td>
        <Badge tone={tone} icon={icon} quiet>
          {word}
        </Badge>
      </td>
      <td className="text-right">{mayDrop && !isKept ? <Drop index={index} /> : null}</td>
    </tr>
  );
}

function Drop({ index: { collection, name, uses, advice, by } }: { index: Index }) {
  const isSure = (advice === "unused" || advice === "not_used_yet" || advice === "redundant") && uses === 0;
  const covered = by ? ` ${by} begins with the same fields and serves the same queries.` : "";
  return (
    <RemedyButton
      run={dropIndexRun}
      dryRun={dropIndexDry}
      fields={{ collection, index: name }}
      extra={isSure ? undefined : [{ name: "confirm", label: `Type ${name} to confirm`, note: "it is in use" }]}
      label="Drop…"
      ariaLabel={`Drop the index ${collection}.${name}…`}
      title={`Drop the index ${name}`}
      description={`Of the collection ${collection}. Building it again reads the whole collection.${covered}`}
      confirm="Drop index"
      danger
    />
  );
}
