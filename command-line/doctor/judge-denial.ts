import type { ZoneView } from "../../provider/chain/view/zone-view";
import { type Found, fault, warning } from "./finding";
import { kindOf } from "./words";

/** How a primary proves what a signed zone does not have; `nsec3`: what Cloudflare is set to, where it serves that as it is. */
export function judgeDenial(
  zoneName: string,
  name: string,
  view: ZoneView,
  nsec3: boolean | undefined,
): Found[] {
  return [
    ...signatureFindings(zoneName, name, view),
    ...iterationFindings(zoneName, name, view),
    ...(nsec3 === undefined ? [] : kindFindings(zoneName, name, view, nsec3)),
  ];
}

function signatureFindings(zoneName: string, name: string, { isDenialSigned }: ZoneView): Found[] {
  if (isDenialSigned !== false) return [];
  return [
    fault(
      "denial-unsigned",
      deniesUnsigned(zoneName, name),
      "sign the whole zone again there, as npx pulumi-secondary-dns primary-config shows.",
    ),
  ];
}

/** What is found at a server, a primary or one of Cloudflare's. */
export function deniesUnsigned(zoneName: string, name: string): string {
  return `${name} has no valid signature over the NSEC or NSEC3 records that prove that a name of ${zoneName} does not exist: validating resolvers answer SERVFAIL where a name or a type does not exist.`;
}

/** Presigned, Cloudflare serves the primary's denial as it is. */
function kindFindings(zoneName: string, name: string, view: ZoneView, nsec3: boolean): Found[] {
  const wanted = nsec3 ? "NSEC3" : "NSEC";
  if (kindOf(view) === wanted) return [];
  return [
    fault(
      "denial-differs",
      `${name} signs ${zoneName} with ${kindOf(view)}, but Cloudflare is set to ${wanted}: it answers REFUSED.`,
      `set dnssec.nsec3: ${!nsec3} in the program, or sign with ${wanted} there.`,
    ),
  ];
}

/** RFC 9276 section 3.1 allows none, and section 3.2 has resolvers treat such a zone as unsigned, or fail. */
function iterationFindings(zoneName: string, name: string, { denial }: ZoneView): Found[] {
  if (denial.kind === "nsec" || denial.iterations === 0) return [];
  return [
    warning(
      "nsec3-iterations",
      `${name} signs ${zoneName} with NSEC3 and ${denial.iterations} ${denial.iterations === 1 ? "iteration" : "iterations"}, where RFC 9276 has 0: resolvers may treat the zone as unsigned, or answer SERVFAIL.`,
      "set 0 iterations and no salt there, as npx pulumi-secondary-dns primary-config shows.",
    ),
  ];
}
