import Link from "next/link";
import { Table, Td } from "@/components/data-table/table";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { Time } from "@/components/ui/time";
import { formatValue } from "@/components/ui/value";
import { validateMongoCollection } from "@/lib/health/mongodb/queries";
import type { CollectionList, Validation } from "@/lib/health/mongodb/schema";
import { attempt } from "@/lib/next/load";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { BlindNote } from "../frame/blind-note";
import { collectionsOf } from "./collections-of";

type Figures = CollectionList["collections"][number];

/** `check` names the collection whose documents are read against its validator. */
export async function CollectionsCard({ params }: { params: Record<string, string> }) {
  const { check } = params;
  const [found, checked] = await Promise.all([
    collectionsOf(),
    check === undefined ? null : attempt(validateMongoCollection, { collection: check }),
  ]);
  return (
    <Card>
      <CardHeader title="Collections" hint={found.ok ? <Time value={found.value.at} /> : undefined} />
      {found.ok ? (
        <Sizes list={found.value} params={params} checked={checked?.ok ? checked.value : null} />
      ) : (
        <PanelFailure failure={found.failure} what="collections" />
      )}
    </Card>
  );
}

type SizesProps = { list: CollectionList; params: Record<string, string>; checked: Validation | null };

function Sizes({ list: { collections, more, blind }, params, checked }: SizesProps) {
  return (
    <>
      {blind.map((one) => (
        <BlindNote key={one.check} blind={one} bare />
      ))}
      {collections.length === 0 ? (
        <CardBody>
          <p className="text-text-2">There is no collection yet.</p>
        </CardBody>
      ) : (
        <Table caption={`${collections.length} collections, the largest first`} variant="card">
          <thead>
            <tr>
              <th scope="col">Collection</th>
              <th scope="col" className="text-right">
                Documents
              </th>
              <th scope="col" className="text-right">
                On disk
              </th>
              <th scope="col" className="text-right">
                Reusable
              </th>
            </tr>
          </thead>
          <tbody>
            {collections.map((figures) => (
              <CollectionRow
                key={figures.name}
                figures={figures}
                checkHref={`/health/mongodb?${new URLSearchParams({ ...params, check: figures.name })}`}
                checked={checked?.collection === figures.name ? checked : null}
              />
            ))}
          </tbody>
        </Table>
      )}
      <CardFooter>
        {more > 0 ? `${formatNumber(more)} more were not looked at. ` : ""}Reusable: free inside the files, never given
        back.
      </CardFooter>
    </>
  );
}

type CollectionRowProps = { figures: Figures; checkHref: string; checked: Validation | null };

function CollectionRow({ figures, checkHref, checked }: CollectionRowProps) {
  const { name, documents, storage_bytes: storage, reusable_bytes: reusable, validator } = figures;
  const free = storage && reusable !== null ? (reusable / storage) * 100 : null;
  return (
    <tr>
      <td className="w-full max-w-0 py-1.5 !whitespace-normal">
        <Mono>{name}</Mono>
        <span className="block text-sm text-text-3">
          {validator ? validatorWords(validator) : "no validator"}
          {validator && !checked ? (
            <Link href={checkHref} scroll={false} prefetch={false} className="link ml-1.5 underline">
              Check
            </Link>
          ) : null}
        </span>
        {checked ? <span className="block text-sm">{checkedWords(checked)}</span> : null}
      </td>
      <Td numeric>{documents === null ? "–" : `≈ ${formatNumber(documents)}`}</Td>
      <Td numeric className="font-medium">
        {formatValue(storage, "bytes")}
      </Td>
      <Td numeric>{formatValue(free, "percent")}</Td>
    </tr>
  );
}

function validatorWords({ level, action }: NonNullable<Figures["validator"]>): string {
  if (level === "off") return "validator off";
  const whom = level === "moderate" ? "valid documents stay valid" : "every write is checked";
  return action === "warn" ? `${whom}, only warned of` : whom;
}

function checkedWords({ broken, most, blind }: Validation): string {
  if (blind) return blind.grant ? `Unknown: ${blind.grant}` : `Unknown: ${blind.why}`;
  if (!broken) return "Every document fits the validator";
  return `${broken >= most ? "At least " : ""}${formatNumber(broken)} do not fit the validator`;
}
