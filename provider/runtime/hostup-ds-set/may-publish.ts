import { seenSigning } from "../../chain/guard/signs-for-ds";
import { refuseUnlessForced } from "../../chain/run/force";
import type { ParentView } from "../../chain/view/parent-view";
import { RefusedError } from "../../core/errors";
import type { DsData } from "../../dns/ds";
import { rdataOf } from "../../dns/ds-text";
import { type DomainDnssec, mayWrite } from "../../hostup/ds-records";
import type { RegistrarAccess } from "../clients";
import { closedGate, planDs } from "../hostup-ds-record/plan";

/** Throws where HostUp would not take the records. */
export async function refuseIfClosed(
  { hostup }: RegistrarAccess,
  domainId: string,
  dnssec: DomainDnssec,
  missing: readonly DsData[],
): Promise<void> {
  const domain = dnssec.domainName ?? domainId;
  for (const ds of missing) {
    const plan = planDs(dnssec, { ds, domain, takesOver: true });
    if (plan.kind === "refuse") throw new RefusedError(plan.reason);
    if (plan.kind === "closed")
      throw new RefusedError(closedGate(ds, domain, plan.gate, await mayWrite(hostup, domainId)));
  }
}

interface Looked {
  readonly parent: ParentView;
  /** How long a transfer may take that brings the keys. */
  readonly seconds: number;
  /** What to do, in place of reading the primary's keys again. */
  readonly advice?: string;
}

const READ_KEYS_AGAIN = 'then run "pulumi up --refresh", which reads the keys again.';

/** Throws where the zone is not served signed for the records: by a DS of keys that do not sign every answer is bogus. */
export async function refuseUnlessSigned(
  access: RegistrarAccess,
  zoneName: string,
  ds: readonly DsData[],
  { parent, seconds, advice = READ_KEYS_AGAIN }: Looked,
): Promise<void> {
  const isForced = access.isForced(zoneName);
  const dark = await seenSigning(access, zoneName, ds, parent, isForced ? 0 : seconds);
  if (dark === undefined) return;
  const problem = `The DS set of ${zoneName} stays as it is: its name servers do not serve it signed by the keys of DS ${ds.map(rdataOf).join(" and ")}. ${dark}`;
  const next = `make sure that the domain is delegated to these servers alone and that they have the signed zone (dig @SERVER ${zoneName} DNSKEY +dnssec), ${advice}`;
  refuseUnlessForced(access, zoneName, { problem, next });
}
