import type { DsData } from "../dns/ds";
import { type ParentView, textOf } from "./parent-view";

/** The domain of a zone at the registrar that publishes its DS for the program. */
export interface RegistrarDomain {
  readonly domainId?: string | undefined;
  readonly domainName?: string | undefined;
  readonly profile?: string | undefined;
}

/** What the registrar has taken for a domain, which the parent has, or comes to have. */
export type RegisteredDs =
  | { readonly kind: "seen"; readonly ds: readonly DsData[] }
  | { readonly kind: "unknown"; readonly why: string };

export const NOTHING_REGISTERED: RegisteredDs = { kind: "seen", ds: [] };

/** The DS set that the parent is to have once all that was registered has come there; `undefined`: it has that. */
export function comingSet(parent: ParentView, registered: RegisteredDs): readonly DsData[] | undefined {
  if (parent.kind === "unknown" || registered.kind === "unknown") return undefined;
  const shown = parent.now.ds.map(textOf);
  const coming = registered.ds.filter((each) => !shown.includes(textOf(each)));
  return coming.length === 0 ? undefined : [...parent.now.ds, ...coming];
}
