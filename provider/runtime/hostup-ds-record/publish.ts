import { observeParent } from "../../chain/observe/parent";
import { RefusedError, WaitError } from "../../core/errors";
import { foreignText } from "../../core/foreign-text";
import { rdataOf } from "../../dns/ds-text";
import { keepingObject, keepingUnlessFinal, type Snapshot } from "../../engine/init-failure";
import { pollUntil } from "../../engine/poll";
import type { HostupClient } from "../../hostup/client";
import { findDomainName } from "../../hostup/domains";
import { addDsRecord, getDomainDnssec, type ListedDs, mayWrite } from "../../hostup/ds-records";
import type { RegistrarAccess } from "../clients";
import { unknownDomain } from "../hostup-domain";
import { refuseUnlessSigned } from "../hostup-ds-set/may-publish";
import { union } from "../hostup-ds-set/plan";
import { formatId, type Identity } from "./identity";
import { closedGate, planDs, recordOf } from "./plan";

export interface Publishing {
  readonly domainName: string | undefined;
  readonly takesOver: boolean;
  readonly waits: Waits;
}

/** How long others may take, in seconds. */
export interface Waits {
  /** Until a record that HostUp has taken is in its list, with an id. */
  readonly listed: number;
  /** Until a record that is to be removed has an id. */
  readonly removable: number;
  /** Until name servers serve the signed zone that are just about to have it. */
  readonly signed: number;
}

/** Sees to it that the record is published. A second one of the same content is never made. */
export async function publish(access: RegistrarAccess, identity: Identity, how: Publishing) {
  const { hostup: client } = access;
  const { domainId, ds } = identity;
  const dnssec = await getDomainDnssec(client, domainId);
  if (dnssec === undefined) throw unknownDomain(domainId);
  const { domainName = dnssec.domainName, takesOver, waits } = how;
  const domain = foreignText(domainName ?? domainId, 255);
  const outputsWith = (record?: ListedDs) => outputsOf(identity, domainName, record);
  const plan = planDs(dnssec, { ds, domain, takesOver });
  switch (plan.kind) {
    case "take":
      return outputsWith(plan.record);
    case "refuse":
      throw new RefusedError(plan.reason);
    case "closed":
      throw new RefusedError(closedGate(ds, domain, plan.gate, await mayWrite(client, domainId)));
    case "add":
      await refuseIfDark(access, identity, { domainName, listed: dnssec.records, seconds: waits.signed });
  }

  const unseen = { id: formatId(identity), outputs: outputsWith() };
  return outputsWith(await add(client, identity, { domain, seconds: waits.listed, unseen }));
}

interface Looking {
  readonly domainName: string | undefined;
  /** What HostUp has. */
  readonly listed: readonly ListedDs[];
  readonly seconds: number;
}

/** Throws where the zone would not validate by what the parent has then. */
async function refuseIfDark(
  access: RegistrarAccess,
  { domainId, ds }: Identity,
  { domainName, listed, seconds }: Looking,
): Promise<void> {
  const zoneName = domainName ?? (await findDomainName(access.hostup, domainId));
  const parent = await observeParent(zoneName, access.resolvers());
  const atParent = parent.kind === "seen" ? parent.now.ds : [];
  const all = union(
    union(
      atParent,
      listed.map((record) => record.ds),
    ),
    [ds],
  );
  const advice = "and that the record is what the signer prints for its key, then run the command again.";
  await refuseUnlessSigned(access, zoneName, all, { parent, seconds, advice });
}

interface Adding {
  /** The domain in messages. */
  readonly domain: string;
  readonly seconds: number;
  /** What the state is to keep when nobody knows whether the record has come. */
  readonly unseen: Snapshot;
}

/** Sends a record that HostUp does not list, and gives it back as it is listed then. */
export async function add(
  client: HostupClient,
  { domainId, ds }: Identity,
  { domain, seconds, unseen }: Adding,
): Promise<ListedDs> {
  const look = async () => recordOf((await getDomainDnssec(client, domainId))?.records ?? [], ds);
  const answered = await addDsRecord(client, domainId, ds, look).catch((error: unknown) => {
    throw keepingUnlessFinal(unseen, error);
  });
  if (answered !== "added" && answered.recordId !== undefined) return answered;
  return seen(look, `DS ${rdataOf(ds)} of domain ${domain}`, seconds).catch((error: unknown) => {
    throw keepingObject(unseen, error);
  });
}

/** The record in HostUp's list, if it may be with its id. That can come later: whoever removes it looks again. */
async function seen(
  look: () => Promise<ListedDs | undefined>,
  what: string,
  seconds: number,
): Promise<ListedDs> {
  const { observed, failure } = await pollUntil(await look(), {
    subject: `HostUp to list ${what}`,
    timeoutSeconds: seconds,
    look,
    judge: (record) => ({ kind: record?.recordId ? "reached" : "wait" }),
  });
  if (observed !== undefined) return observed;
  throw new WaitError(
    `HostUp accepted ${what} but does not list it (${failure}).\nNext: run the command again in a few minutes; it is sent again only if it is still missing.`,
  );
}

export function outputsOf(
  { domainId, ds }: Identity,
  domainName: string | undefined,
  record: ListedDs | undefined,
) {
  return { domainId, domainName, ...ds, recordId: record?.recordId };
}
