import { Wrench } from "lucide-react";
import { Note } from "@/components/ui/note";
import { formatUtc } from "@/components/ui/time-format";
import { ENGINE_LABELS, ENGINES } from "@/lib/databases/schema";
import { listMaintenance } from "@/lib/health/queries";
import { attempt } from "@/lib/next/load";
import { endMaintenanceDry, endMaintenanceRun, startMaintenanceDry, startMaintenanceRun } from "../actions";
import { RemedyButton } from "../frame/remedy-button";

const ENGINE_CHOICES = ENGINES.map((engine) => ({ value: engine, label: ENGINE_LABELS[engine] }));

/** Tells the console that an engine is worked on: nobody is alarmed meanwhile. */
export function MaintenanceButton() {
  return (
    <RemedyButton
      command
      run={startMaintenanceRun}
      dryRun={startMaintenanceDry}
      fields={{}}
      extra={[
        { name: "engine", label: "Engine", value: "postgres", choices: ENGINE_CHOICES },
        { name: "minutes", label: "Minutes", type: "number", value: "60", note: "5 to 1,440; it ends by itself" },
      ]}
      size="md"
      label={
        <>
          <Wrench size={14} aria-hidden /> Maintenance…
        </>
      }
      title="Start maintenance"
      description="While it runs the engine counts as in maintenance and no alert is sent about it."
      confirm="Start maintenance"
    />
  );
}

/** The windows that are open now. */
export async function RunningMaintenance({ mayEnd }: { mayEnd: boolean }) {
  const found = await attempt(listMaintenance, {});
  if (!found.ok) return null;
  return found.value
    .filter(({ running }) => running)
    .map(({ id, engine, ends_at: end, reason, version }) => (
      <Note
        key={id}
        icon={Wrench}
        title={`${ENGINE_LABELS[engine]} is in maintenance until ${formatUtc(end).slice(11, 16)} UTC`}
        action={
          mayEnd ? (
            <RemedyButton
              command
              run={endMaintenanceRun}
              dryRun={endMaintenanceDry}
              fields={{ id, version: String(version) }}
              reason="none"
              label="End…"
              ariaLabel={`End the maintenance of ${ENGINE_LABELS[engine]}`}
              title={`End the maintenance of ${ENGINE_LABELS[engine]}`}
              confirm="End maintenance"
            />
          ) : null
        }
      >
        {reason}
      </Note>
    ));
}
