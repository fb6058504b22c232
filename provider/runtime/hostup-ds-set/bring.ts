import { showsAll } from "../../chain/until-known";
import { WaitError } from "../../core/errors";
import { keepingObject, type Snapshot } from "../../engine/init-failure";
import { getDomainDnssec } from "../../hostup/ds-records";
import type { RegistrarAccess } from "../clients";
import { unknownDomain } from "../hostup-domain";
import { add } from "../hostup-ds-record/publish";
import { describeForgetting } from "./describe-forgetting";
import { readLines } from "./lines";
import { lookAtParent } from "./look-at-parent";
import { refuseIfClosed, refuseUnlessSigned } from "./may-publish";
import { common, planSet, union, without } from "./plan";
import { retire } from "./retire";
import { outputsOf, type Standing } from "./standing";
import { type Leaving, withdrawSet } from "./withdraw-set";

export interface Wanted {
  readonly domainId: string;
  readonly domainName: string | undefined;
  readonly ds: string;
  readonly waitForRemoval: number;
}

/** How long others may take, in seconds. */
export interface Waits {
  /** Until a record that it has taken is in its list, with an id. */
  readonly listed: number;
  /** Until a record that is to be removed has an id. */
  readonly removable: number;
  /** Until the name servers have what the primary has. */
  readonly signed: number;
}

/** Publishes what is missing, once the zone is seen to be signed for it; then takes out what is not wanted any more. */
export async function bringTo(
  access: RegistrarAccess,
  { domainId, ds: text, waitForRemoval, ...wanted }: Wanted,
  before: Standing,
  waits: Waits,
): Promise<Snapshot> {
  const dnssec = await getDomainDnssec(access.hostup, domainId);
  if (dnssec === undefined) throw unknownDomain(domainId);
  const domainName = wanted.domainName ?? dnssec.domainName;
  const { owner, ds } = readLines(text, domainName);
  const zoneName = owner ?? before.zoneName ?? domainName ?? domainId;
  const listed = dnssec.records.map((record) => record.ds);
  const { missing, obsolete } = planSet(listed, before.own, ds);

  let now: Standing = { ...before, zoneName, due: undefined };
  const snapshot = () => ({ id: domainId, outputs: outputsOf(domainId, domainName, now) });
  const leaving: Leaving = {
    domainId,
    zoneName,
    ds: ds.length > 0 ? obsolete : before.own,
    kept: before.memory,
    waitForRemoval,
    removable: waits.removable,
    isForgetful: false,
  };
  try {
    if (ds.length === 0) {
      const forgetting = await withdrawSet(access, leaving);
      const isGone = forgetting.kind === "forgotten" || forgetting.kind === "held";
      const own = isGone ? [] : before.own;
      now = { ...now, memory: forgetting.memory, own, shownSince: undefined };
      const failure = describeForgetting(leaving, forgetting, true);
      if (failure === undefined) return snapshot();
      throw new WaitError(failure);
    }
    now = { ...now, own: common(union(before.own, ds), listed) };
    if (missing.length + obsolete.length === 0) return snapshot();

    await refuseIfClosed(access, domainId, dnssec, missing);
    const known = { ds: now.own, isListed: true, kept: now.memory };
    const { parent, memory } = await lookAtParent(access, zoneName, known);
    await refuseUnlessSigned(access, zoneName, ds, { parent, seconds: waits.signed });
    const shownSince = showsAll(parent, ds) ? (now.shownSince ?? Date.now()) : undefined;
    now = { ...now, memory, shownSince };
    for (const each of missing) {
      const own = union(now.own, [each]);
      const unseen = { id: domainId, outputs: outputsOf(domainId, domainName, { ...now, own }) };
      const domain = domainName ?? domainId;
      await add(access.hostup, { domainId, ds: each }, { domain, seconds: waits.listed, unseen });
      now = { ...now, own };
    }
    if (obsolete.length === 0) {
      // A registry may have it already, and whoever destroys this has to know its TTL.
      const { memory: shown } = await lookAtParent(access, zoneName, { ...known, ds: now.own, kept: memory });
      now = { ...now, memory: shown };
      return snapshot();
    }
    const { isDone, ...seen } = await retire(
      access,
      { ...leaving, kept: memory },
      { ds, shownSince, signed: waits.signed },
    );
    now = { ...now, ...seen, own: isDone ? without(now.own, obsolete) : now.own };
    return snapshot();
  } catch (error) {
    // A refresh makes the engine forget that this failed.
    if (ds.length === 0 || without(now.own, ds).length > 0) now = { ...now, due: 0 };
    // What was published is the program's, and what was seen is not to be seen again.
    throw now.own.length > 0 || now.memory !== undefined ? keepingObject(snapshot(), error) : error;
  }
}
