import { LocalTime } from "./local-time";

/** The hour of the greeting is the reader's own, so the browser adds it. */
export function Greeting({ name }: { name: string }) {
  const [first] = name.split(" ");
  return (
    <div className="flex flex-wrap items-baseline gap-x-2">
      <h1 className="text-2xl font-semibold tracking-[-0.02em]">Welcome back{first ? `, ${first}` : ""}</h1>
      <LocalTime />
    </div>
  );
}
