import { NotFoundState } from "@/components/shell/page-state";

/** In its frame, so that the other pages stay one click away. */
export default function NotFound() {
  return <NotFoundState />;
}
