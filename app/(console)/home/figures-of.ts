import "server-only";
import { cache } from "react";
import { attempt } from "@/lib/next/load";
import { userFigures } from "@/lib/users/queries";

/** Two cards show them; they are asked once. */
export const figuresOf = cache(() => attempt(userFigures, {}));
