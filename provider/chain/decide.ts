import { type Dnskey, type DsData, isDsOf } from "../dns/ds";
import type { DnsFailure, Result } from "../dns/failure";
import type { Primary } from "../dns/primary";
import { isOlder } from "../dns/serial-order";
import type { HeldSet } from "./ds-memory";
import { needsWork } from "./needs-work";
import type { ParentView } from "./parent";
import type { Serving } from "./serving";
import type { Denial, ZoneView } from "./zone-view";

/** What is seen of a zone, from its primaries to its parent. */
export interface ChainView {
  readonly zoneName: string;
  readonly primaries: readonly PrimaryView[];
  /** Why other primaries could not be asked. */
  readonly unseen: readonly string[];
  /** At Cloudflare's own name servers; empty where they were not asked. */
  readonly secondary: readonly Result<ZoneView>[];
  readonly parent: ParentView;
  /** The TTL of the keys that are served now, in seconds. */
  readonly keyTtl: number;
  /** What resolvers may hold of a DS that is not at the parent any more. */
  readonly held: readonly HeldSet[];
  /** The DS of the key that Cloudflare signs with, if it has one. */
  readonly cloudflareDs: DsData | undefined;
  /** The name servers that Cloudflare has for the zone; empty where the token may not read it. */
  readonly nameServers: readonly string[];
}

export interface PrimaryView {
  readonly primary: Primary;
  readonly view: Result<ZoneView>;
}

/** Why a step would leave the zone without an answer that validates. */
export type Harm =
  /** A primary, asked, shows no signatures that verify. */
  | { readonly kind: "unsigned"; readonly primary: Primary; readonly view: ZoneView }
  /** It proves what is not there in the other way. */
  | {
      readonly kind: "other denial";
      readonly primary: Primary;
      readonly denial: Denial;
      readonly wanted: "nsec" | "nsec3";
    }
  /** Nobody can say whether there are signatures. */
  | {
      readonly kind: "signatures not seen";
      readonly failures: readonly DnsFailure[];
      readonly unseen: readonly string[];
    }
  /** The parent has, or resolvers may hold, a DS that what is served next does not fit. */
  | {
      readonly kind: "ds";
      readonly ds: readonly DsData[];
      readonly ttl: number;
      readonly keyTtl: number;
      readonly heldUntil: number | undefined;
    }
  /** Whether the parent has one cannot be found out. */
  | { readonly kind: "parent unknown"; readonly why: string }
  /** None of the primaries gives the zone, and none will before something is changed there. */
  | { readonly kind: "no transfer"; readonly failures: readonly DnsFailure[] }
  /** A secondary does not go back to an older serial (RFC 1982, RFC 1995 section 2). */
  | {
      readonly kind: "older serial";
      readonly primary: Primary;
      readonly serial: number;
      readonly served: number;
    };

export type Caution =
  | { readonly kind: "primary not asked"; readonly why: DnsFailure | string }
  /** The harm would be real were the zone delegated to Cloudflare. */
  | { readonly kind: "not delegated"; readonly harm: Harm; readonly delegation: readonly string[] }
  | { readonly kind: "parent not asked"; readonly why: string }
  /** A resolver alone told of the parent's DS: of one that was published a moment ago it may not have heard. */
  | { readonly kind: "parent by resolver" };

export interface Decision {
  readonly harms: readonly Harm[];
  readonly cautions: readonly Caution[];
}

/**
 * Whether Cloudflare may go from serving a zone one way to serving it another. The measure: after the step, and for as
 * long as a resolver may hold a DS, what Cloudflare serves is complete and validates.
 */
export function decideServing(view: ChainView, now: Serving, next: Serving): Decision {
  const atPrimary = next.signer === "primary" ? signaturesFor(view, now, next) : { harms: [], cautions: [] };
  const atParent = decideParent(view, now, next);
  return {
    harms: [...atPrimary.harms, ...atParent.harms],
    cautions: [...atPrimary.cautions, ...atParent.cautions],
  };
}

/**
 * Whether a zone may be transferred from these primaries, in place of those that it has: what they give has to be fit to
 * be served as the zone is served now.
 */
export function decideTransfer(view: ChainView, serving: Serving, served: number | undefined): Decision {
  const failures = view.primaries.flatMap(({ view: seen }) => (seen.ok ? [] : [seen.failure]));
  const unasked = [...failures, ...view.unseen].map((why): Caution => ({ kind: "primary not asked", why }));
  const seen = view.primaries.flatMap(({ primary, view: each }) =>
    each.ok ? [{ primary, ...each.value }] : [],
  );
  if (seen.length === 0) {
    // What is served now would not be renewed; of a server that cannot be reached from here nothing is known.
    const isHopeless =
      served !== undefined &&
      failures.length > 0 &&
      view.unseen.length === 0 &&
      failures.every((failure) => needsWork(failure) && failure.cause.kind !== "unreachable");
    return isHopeless
      ? { harms: [{ kind: "no transfer", failures }], cautions: [] }
      : { harms: [], cautions: unasked };
  }
  const older = seen.flatMap(({ primary, serial }): Harm[] =>
    served !== undefined && isOlder(serial, served)
      ? [{ kind: "older serial", primary, serial, served }]
      : [],
  );
  const signing =
    serving.signer === "primary"
      ? [signaturesFor(view, serving, serving), decideParent(view, serving, serving)]
      : [{ harms: [], cautions: unasked }];
  return {
    harms: [...(older.length === seen.length ? older : []), ...signing.flatMap(({ harms }) => harms)],
    cautions: signing.flatMap(({ cautions }) => cautions),
  };
}

/** Presigned, Cloudflare serves the primary's signatures and denial as they are, and REFUSED where they are missing. */
function signaturesFor(view: ChainView, now: Serving, next: Serving): Decision {
  const wanted = next.nsec3 ? "nsec3" : "nsec";
  const harms = view.primaries.flatMap(({ primary, view: seen }): Harm[] => {
    if (!seen.ok) return [];
    if (!seen.value.isSigned) return [{ kind: "unsigned", primary, view: seen.value }];
    const { denial } = seen.value;
    return denial.kind === wanted ? [] : [{ kind: "other denial", primary, denial, wanted }];
  });
  const failures = view.primaries.flatMap(({ view: seen }) => (seen.ok ? [] : [seen.failure]));
  const isSeen =
    view.primaries.some(({ view: seen }) => seen.ok) ||
    (now.signer === "primary" && view.secondary.some((seen) => seen.ok && fits(seen.value, wanted)));
  if (!isSeen)
    return { harms: [{ kind: "signatures not seen", failures, unseen: view.unseen }], cautions: [] };
  const cautions = [...failures, ...view.unseen].map((why): Caution => ({ kind: "primary not asked", why }));
  return { harms, cautions };
}

function fits({ isSigned, denial }: ZoneView, wanted: Denial["kind"]): boolean {
  return isSigned && denial.kind === wanted;
}

function decideParent(view: ChainView, now: Serving, next: Serving): Decision {
  const { parent, held, nameServers } = view;
  const isAnother = now.signer !== "none" && now.signer !== next.signer;
  if (parent.kind === "unknown") {
    const { why } = parent;
    if (isAnother) return { harms: [{ kind: "parent unknown", why }], cautions: [] };
    return { harms: [], cautions: next.signer === "none" ? [] : [{ kind: "parent not asked", why }] };
  }
  const sets = [{ ...parent.now, keyTtl: view.keyTtl, until: undefined }, ...held];
  const harms = sets
    .filter(
      ({ ds }) =>
        ds.length > 0 && (!hasChain(view, next, ds) || (isAnother && mayBeHeldValid(view, now, ds))),
    )
    .map(({ ds, ttl, keyTtl, until }): Harm => ({ kind: "ds", ds, ttl, keyTtl, heldUntil: until }));
  const { delegation } = parent;
  const isElsewhere =
    delegation !== undefined &&
    nameServers.length > 0 &&
    !delegation.some((host) => nameServers.some((own) => isSameHost(own, host)));
  const isHearsay = parent.source === "resolver" && (now.signer !== "none" || next.signer !== "none");
  const hearsay: Caution[] = isHearsay ? [{ kind: "parent by resolver" }] : [];
  if (!isElsewhere) return { harms, cautions: hearsay };
  return { harms: [], cautions: harms.map((harm) => ({ kind: "not delegated", harm, delegation })) };
}

function isSameHost(some: string, other: string): boolean {
  return some.toLowerCase().replace(/\.$/, "") === other.toLowerCase().replace(/\.$/, "");
}

/** Whether one of the DS leads to a key that signs what is served next (RFC 4035 section 5.2). */
function hasChain(view: ChainView, next: Serving, ds: readonly DsData[]): boolean {
  switch (next.signer) {
    case "none":
      return false;
    case "primary": {
      const signers = signersOf(view);
      return (
        signers.length > 0 && signers.every((keys) => keys.some((key) => isNamed(ds, view.zoneName, key)))
      );
    }
    case "cloudflare":
    case "both": {
      const { cloudflareDs } = view;
      return cloudflareDs !== undefined && ds.some((each) => isSameDs(each, cloudflareDs));
    }
  }
}

/**
 * Whether resolvers may hold keys of the present signer as valid by one of the DS: the signatures of another do not go
 * with them. What has not validated is not held, so a signer that the DS does not name can be left at any time.
 */
function mayBeHeldValid(view: ChainView, now: Serving, ds: readonly DsData[]): boolean {
  switch (now.signer) {
    case "none":
      return false;
    case "cloudflare":
      return hasChain(view, now, ds);
    case "primary": {
      const signers = signersOf(view);
      return signers.length === 0 || signers.flat().some((key) => isNamed(ds, view.zoneName, key));
    }
    case "both":
      // The others that sign serve the zone too, by keys that are not looked at here.
      return true;
  }
}

/** The keys that sign at each server that could be asked: any of them may be transferred from. */
function signersOf({ primaries, secondary }: ChainView): readonly (readonly Dnskey[])[] {
  const views = primaries.map(({ view }) => view);
  const seen = views.some(({ ok }) => ok) ? views : secondary;
  return seen.flatMap((each) => (each.ok ? [each.value.signers] : []));
}

function isNamed(ds: readonly DsData[], zoneName: string, key: Dnskey): boolean {
  return ds.some((each) => isDsOf(each, zoneName, key));
}

/** Cloudflare shows its DS with one digest type; the same key may stand at the parent with another. */
function isSameDs(some: DsData, other: DsData): boolean {
  const isSameKey = some.keyTag === other.keyTag && some.algorithm === other.algorithm;
  return isSameKey && (some.digestType !== other.digestType || some.digest === other.digest);
}
