import type { QueryOptions } from "../../dns/asked";
import { normalName } from "../../dns/name";
import type { Primary } from "../../dns/primary";
import { reading } from "../../dns/query";
import { signaturesEnded, signedBy } from "../../dns/verify-signature";
import type { ZoneView } from "../view/zone-view";
import { type Section, sectionOf } from "./section";
import { sooner } from "./sooner";

/** A closer look at a zone at one server. */
export interface CloseView {
  readonly view: ZoneView;
  /** The hosts of the zone's own NS set; `undefined` where the server does not tell it. */
  readonly ownHosts: readonly string[] | undefined;
}

/**
 * Asks for the zone's own NS set too. Its signature tells what those of the SOA and the keys do not: an SOA is signed
 * anew with each change, and the NS set only as its signature nears its end.
 */
export async function observeClosely(
  server: Primary,
  zoneName: string,
  view: ZoneView,
  options: QueryOptions = {},
): Promise<CloseView> {
  const asked = { primary: server, zoneName, type: "NS" } as const;
  // One that answers for the parent too refers instead.
  const section = await sectionOf(server, zoneName, "NS", options);
  const read = section.ok ? reading(asked, () => closer(view, zoneName, section.value, options)) : section;
  return read.ok ? read.value : { view, ownHosts: undefined };
}

function closer(view: ZoneView, zoneName: string, section: Section, options: QueryOptions): CloseView {
  const { records } = section;
  const ownHosts = records.flatMap((record) =>
    record.type === "NS" && record.name === normalName(zoneName) ? [record.host] : [],
  );
  if (ownHosts.length === 0) return { view, ownHosts: undefined };
  const now = options.now?.() ?? Date.now();
  const { keys, expiration } = signedBy(section, records, "NS", view.dnskeys, now);
  return {
    ownHosts,
    view: {
      ...view,
      isSigned: view.isSigned && keys.length > 0,
      expires: sooner(view.expires, expiration),
      ended: sooner(view.ended, signaturesEnded(records, "NS", now)),
    },
  };
}
