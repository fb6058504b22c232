import { strangersIn } from "../../provider/chain/decide/key-carry-over";
import { signsForDs } from "../../provider/chain/guard/signs-for-ds";
import { servedSerial } from "../../provider/chain/guard/transfer-progress";
import { isResponse } from "../../provider/chain/observe/seen-served";
import { type DsSet, setsOf } from "../../provider/chain/view/parent-view";
import type { ZoneView } from "../../provider/chain/view/zone-view";
import { success } from "../../provider/dns/failure";
import { summarizeFailure } from "../../provider/primary/primary-error";
import { type Found, fault, warning } from "./finding";
import type { OtherServer, Seen } from "./seen";
import { servingBy } from "./serving";
import { tagsOf, timeOf } from "./words";

/** What resolvers get that do not ask Cloudflare: a zone has to validate at every server that it is delegated to. */
export function judgeOtherServers(seen: Seen): Found[] {
  return seen.otherServers.flatMap((each) => judgeOther(seen, each));
}

function judgeOther(seen: Seen, { host, view }: OtherServer): Found[] {
  const { zoneName } = seen;
  const next = `if ${host} no longer serves ${zoneName}, take it out of the delegation at the registrar`;
  if (view === undefined || (!view.ok && !isResponse(view))) {
    const why = view === undefined ? "no resolver has an address of it" : "it does not answer this machine";
    return [
      warning(
        "other-server-not-asked",
        `The parent delegates ${zoneName} to ${host} too, which could not be queried: ${why}.`,
        `${next}; else make sure that it can be queried.`,
      ),
    ];
  }
  if (!view.ok)
    return [
      fault(
        "other-server-refuses",
        `The parent also delegates ${zoneName} to ${host}, which does not answer for it. ${summarizeFailure(view.failure, "name server")}`,
        `${next}; else have it serve the zone.`,
      ),
    ];
  const why = whyBogus(seen, host, view.value);
  if (why !== undefined)
    return [
      fault(
        "other-server-foreign",
        `The parent also delegates ${zoneName} to ${host}, ${why}: validating resolvers that query it answer SERVFAIL.`,
        `${next}; else have it serve what Cloudflare serves, as a secondary of the same primaries.`,
      ),
    ];
  return serialFindings(seen, host, view.value, next);
}

/** `undefined`: what it serves validates, and goes with what Cloudflare serves. */
function whyBogus({ zoneName, chain, nameServers }: Seen, host: string, view: ZoneView): string | undefined {
  const sets: readonly DsSet[] = chain.parent.kind === "seen" ? setsOf(chain.parent) : [];
  const secure = sets.filter(({ ds }) => ds.length > 0);
  if (secure.length === 0) return undefined;
  if (view.ended !== undefined)
    return `which serves it with signatures that expired at ${timeOf(view.ended)}`;
  if (!view.isSigned) return "which serves it without valid signatures although the parent has a DS";
  if (secure.some(({ ds }) => !signsForDs(view, zoneName, ds)))
    return `whose signatures (${tagsOf(view.signers)}) do not validate by the DS`;
  const server = { name: host, address: host, port: 53 };
  const secondary = nameServers.map((each) => each.view);
  const apart = strangersIn(
    { primaries: [{ primary: server, view: success(view) }], secondary },
    "remembered",
  );
  return apart.length > 0
    ? "which signs with keys that Cloudflare does not publish, or lacks Cloudflare's"
    : undefined;
}

/** One that has what a primary has is only sooner than Cloudflare. Signers of their own count on their own. */
function serialFindings(
  { zoneName, chain, incoming, dnssec }: Seen,
  host: string,
  { serial }: ZoneView,
  next: string,
): Found[] {
  const served = incoming && servedSerial(incoming, serial);
  const atPrimaries = chain.primaries.flatMap(({ view }) => (view.ok ? [view.value.serial] : []));
  if (served === undefined || [served, ...atPrimaries].includes(serial)) return [];
  if (servingBy(dnssec).signer === "both") return [];
  return [
    warning(
      "other-server-serial-differs",
      `The parent delegates ${zoneName} to ${host} too, which has serial ${serial}, while Cloudflare has ${served}: resolvers get one or the other.`,
      `${next}; else have it transfer from the primaries that Cloudflare transfers from.`,
    ),
  ];
}
