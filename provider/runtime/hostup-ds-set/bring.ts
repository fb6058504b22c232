import type { Forgetting } from "../../chain/guard/until-forgotten";
import { showsAll } from "../../chain/guard/until-known";
import { say } from "../../core/call-scope";
import { WaitError } from "../../core/errors";
import { rdataOf } from "../../dns/ds-text";
import type { Snapshot } from "../../engine/init-failure";
import type { RegistrarAccess } from "../clients";
import { add } from "../hostup-ds-record/publish";
import { describeForgetting, describeWithdrawal } from "./describe-forgetting";
import { type DomainSet, lookAtDomain, type Wanted } from "./domain-set";
import { Journal } from "./journal";
import { lookAtParent, type ParentLook } from "./look-at-parent";
import { refuseIfClosed, refuseUnlessSigned } from "./may-publish";
import { common, union, without } from "./plan";
import { retire } from "./retire";
import { type Standing, signedFor, unsigned } from "./standing";
import { untilUsable } from "./until-usable";
import { type Leaving, type Withdrawn, withdrawSet } from "./withdraw-set";

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
  wanted: Wanted,
  before: Standing,
  waits: Waits,
): Promise<Snapshot> {
  const set = await lookAtDomain(access, wanted, before);
  const journal = new Journal(set, before);
  try {
    await (set.ds.length === 0 ? withdrawAll : publish)(access, set, journal, waits);
  } catch (error) {
    throw journal.failure(error);
  }
  return journal.snapshot();
}

async function withdrawAll(
  access: RegistrarAccess,
  set: DomainSet,
  journal: Journal,
  waits: Waits,
): Promise<void> {
  const { own, wasShown } = journal.standing;
  const leaving = leavingOf(set, journal, waits, own);
  const forgetting = await withdrawSet(access, leaving);
  const failure = describeForgetting(leaving, forgetting, true);
  const isGone = forgetting.kind === "forgotten" || forgetting.kind === "held";
  journal.note({
    memory: forgetting.memory,
    own: isGone ? [] : own,
    shownSince: undefined,
    wasShown: isGone ? undefined : wasShown || hasSeen(forgetting),
    signed: undefined,
  });
  if (failure === undefined) return;
  if (set.isSigningGuarded && isWithdrawn(forgetting)) {
    // What signs the zone comes next, refuses to go before resolvers have forgotten the DS, and keeps in its state until when.
    if (forgetting.memory !== undefined) access.withdrawn.note(set.zoneName, forgetting.memory);
    if (!isGone) journal.note({ due: 0 });
    say(describeWithdrawal(leaving, forgetting));
    return;
  }
  if (set.isSigningGuarded) journal.leave();
  throw new WaitError(failure);
}

function isWithdrawn(withdrawn: Withdrawn): withdrawn is Forgetting {
  const { kind } = withdrawn;
  return kind !== "not shown" && kind !== "not looked" && kind !== "not noted";
}

function hasSeen({ kind }: Withdrawn): boolean {
  return kind !== "not shown" && kind !== "not looked";
}

async function publish(
  access: RegistrarAccess,
  set: DomainSet,
  journal: Journal,
  waits: Waits,
): Promise<void> {
  const { ds, listed, missing, obsolete } = set;
  journal.note({ own: common(union(journal.standing.own, ds), listed) });
  if (missing.length + obsolete.length === 0) return;
  await refuseIfClosed(access, set.domainId, set.dnssec, missing);
  const look = await lookUntilSigned(access, set, journal, waits);
  if (missing.length > 0) {
    const usable = await untilUsable(access, set, look);
    if (usable.kind === "later") {
      journal.note({ due: usable.at });
      return;
    }
    // Meanwhile the zone may have changed.
    if (usable.kind === "waited") await lookUntilSigned(access, set, journal, waits);
    await addMissing(access, set, journal, waits);
  }
  if (obsolete.length === 0) {
    // A registry may have it already, and whoever destroys this has to know its TTL.
    const { parent, memory, isShown } = await seenNow(access, set, journal);
    journal.note({ memory, wasShown: journal.standing.wasShown || isShown });
    if (parent.kind === "seen" && !showsAll(parent, ds)) tellOnItsWay(set);
    return;
  }
  const leaving = leavingOf(set, journal, waits, obsolete);
  const { shownSince } = journal.standing;
  const staying = { ds, shownSince, usableAt: look.usableAt, signed: waits.signed };
  const { isDone, ...seen } = await retire(access, leaving, staying);
  const { own } = journal.standing;
  journal.note({ ...seen, own: isDone ? without(own, obsolete) : own });
}

/** Nothing else can look at a DS that the parent does not have yet, and what is changed then may not fit it. */
function tellOnItsWay({ zoneName, ds }: DomainSet): void {
  say(
    `DS ${ds.map(rdataOf).join(" and ")} of ${zoneName} is on its way: HostUp has it, but the parent does not yet. Next: run "pulumi refresh" when the parent has it (dig ${zoneName} DS), and change nothing about the zone before that.`,
  );
}

interface SignedLook extends ParentLook {
  /** When no resolver holds keys or answers any more from before the zone was signed for the DS, in milliseconds since 1970. */
  readonly usableAt: number;
}

async function lookUntilSigned(
  access: RegistrarAccess,
  set: DomainSet,
  journal: Journal,
  waits: Waits,
): Promise<SignedLook> {
  const { ds, zoneName } = set;
  const look = await seenNow(access, set, journal);
  const { parent, memory, keyTtl, isShown } = look;
  const { signed: before, shownSince, wasShown } = journal.standing;
  journal.note({ signed: before && unsigned(before) });
  await refuseUnlessSigned(access, zoneName, ds, { parent, seconds: waits.signed });
  const { keyTtls } = access;
  const cached = {
    keyTtl: Math.max(keyTtl, keyTtls.longest(zoneName)),
    pastUntil: keyTtls.pastUntil(zoneName),
  };
  const signed = signedFor(before, ds, cached, Date.now());
  journal.note({
    memory,
    signed,
    wasShown: wasShown || isShown,
    shownSince: showsAll(parent, ds) ? (shownSince ?? Date.now()) : undefined,
  });
  return { ...look, usableAt: signed.since + signed.keyTtl * 1_000 };
}

function seenNow(access: RegistrarAccess, { zoneName }: DomainSet, { standing }: Journal) {
  return lookAtParent(access, zoneName, { ds: standing.own, isListed: true, kept: standing.memory });
}

async function addMissing(
  { hostup }: RegistrarAccess,
  { domainId, domain, missing }: DomainSet,
  journal: Journal,
  { listed: seconds }: Waits,
): Promise<void> {
  for (const ds of missing) {
    const own = union(journal.standing.own, [ds]);
    await add(hostup, { domainId, ds }, { domain, seconds, unseen: journal.snapshot({ own }) });
    journal.note({ own });
  }
}

function leavingOf(
  { domainId, zoneName, waitForRemoval }: DomainSet,
  { standing }: Journal,
  { removable }: Waits,
  ds: Leaving["ds"],
): Leaving {
  const { memory: kept, wasShown = false } = standing;
  return { domainId, zoneName, ds, kept, wasShown, waitForRemoval, removable, isForgetful: false };
}
