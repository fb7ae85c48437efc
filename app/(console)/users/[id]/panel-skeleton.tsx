import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

export function PanelSkeleton({ title, rows = 4 }: { title: string; rows?: number }) {
  return (
    <Card aria-busy="true">
      <CardHeader title={title} />
      <CardBody className="space-y-3.5">
        {Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row} className={row % 2 === 0 ? "w-3/5" : "w-2/5"} />
        ))}
      </CardBody>
    </Card>
  );
}
