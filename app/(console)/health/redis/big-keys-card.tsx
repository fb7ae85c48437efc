import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { CardBody } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number";
import { formatValue } from "@/components/ui/value";
import type { BigKey } from "@/lib/health/redis/schema";
import { ReadCard } from "./read-card";
import { keysNow } from "./reads";

export async function BigKeysCard() {
  return (
    <ReadCard
      title="Largest keys"
      found={await keysNow()}
      hint={({ complete, seen }) => (complete ? "of all" : `of ${formatNumber(seen)} seen`)}
    >
      {({ big }) =>
        big.length === 0 ? (
          <CardBody>
            <p className="text-text-2">No key of the sample is larger than 10 KB.</p>
          </CardBody>
        ) : (
          <BigKeys big={big} />
        )
      }
    </ReadCard>
  );
}

function BigKeys({ big }: { big: readonly BigKey[] }) {
  return (
    <Table caption={`${big.length} largest keys`} variant="card">
      <thead>
        <tr>
          <Th>Key</Th>
          <Th>Type</Th>
          <Th numeric>Size</Th>
          <Th numeric>Elements</Th>
          <Th numeric>Time left</Th>
        </tr>
      </thead>
      <tbody>
        {big.map(({ key, type, bytes, elements, ttl_s }) => (
          <Row key={key}>
            <Td>
              <Mono>{key}</Mono>
            </Td>
            <Td muted>{type}</Td>
            <Td numeric>{formatValue(bytes, "bytes")}</Td>
            <Td numeric muted>
              {type === "string" ? "–" : formatNumber(elements)}
            </Td>
            <Td numeric className={ttl_s === null ? "text-warn" : ""}>
              {ttl_s === null ? "never" : formatValue(ttl_s, "s")}
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
