import type { DsData } from "../../dns/ds";
import { textOf } from "./parent-view";

/** The domain of a zone at the registrar that publishes its DS for the program. */
export interface RegistrarDomain {
  readonly domainId?: string | undefined;
  readonly domainName?: string | undefined;
  readonly profile?: string | undefined;
  /** Whether the state alone names it: a record of a killed run may be there, and nobody has to be able to ask any more. */
  readonly isRemembered?: boolean | undefined;
}

/** What the registrar has taken for a domain, which the parent has, or comes to have. */
export type RegisteredDs =
  | { readonly kind: "seen"; readonly ds: readonly DsData[] }
  | { readonly kind: "unknown"; readonly why: string };

export const NOTHING_REGISTERED: RegisteredDs = { kind: "seen", ds: [] };

/** The DS set that the parent is to have once all that was registered has come there; nothing where it has that. */
export function comingSet(present: readonly DsData[], registered: RegisteredDs): readonly DsData[] {
  if (registered.kind === "unknown") return [];
  const shown = present.map(textOf);
  const coming = registered.ds.filter((each) => !shown.includes(textOf(each)));
  return coming.length === 0 ? [] : [...present, ...coming];
}
