import type { DsData } from "../../dns/ds";
import { findDomainName } from "../../hostup/domains";
import { type DomainDnssec, getDomainDnssec } from "../../hostup/ds-records";
import type { RegistrarAccess } from "../clients";
import { unknownDomain } from "../hostup-domain";
import { readLines } from "./lines";
import { planSet, type SetPlan } from "./plan";
import type { Standing } from "./standing";

/** What the program says of a domain's DS set. */
export interface Wanted {
  readonly domainId: string;
  readonly domainName: string | undefined;
  readonly ds: string;
  readonly waitForRemoval: number;
  /** Whether what signs the zone comes after this in the program, and looks itself at what resolvers may hold. */
  readonly isSigningGuarded: boolean;
}

/** The same, beside what HostUp has. */
export interface DomainSet extends SetPlan {
  readonly domainId: string;
  readonly domainName: string | undefined;
  /** The domain in messages. */
  readonly domain: string;
  readonly zoneName: string;
  /** Wanted. */
  readonly ds: readonly DsData[];
  readonly dnssec: DomainDnssec;
  readonly listed: readonly DsData[];
  readonly waitForRemoval: number;
  readonly isSigningGuarded: boolean;
}

export async function lookAtDomain(
  { hostup }: RegistrarAccess,
  { domainId, ds: text, waitForRemoval, isSigningGuarded, ...wanted }: Wanted,
  before: Standing,
): Promise<DomainSet> {
  const dnssec = await getDomainDnssec(hostup, domainId);
  if (dnssec === undefined) throw unknownDomain(domainId);
  const known = wanted.domainName ?? dnssec.domainName;
  // The DS of another zone would take the domain off the air.
  const domainName = known ?? (text === "" ? undefined : await findDomainName(hostup, domainId));
  const { owner, ds } = readLines(text, domainName);
  const domain = domainName ?? domainId;
  const zoneName = owner ?? before.zoneName ?? domain;
  const listed = dnssec.records.map((record) => record.ds);
  const plan = planSet(listed, before.own, ds);
  const times = { waitForRemoval, isSigningGuarded };
  return { domainId, domainName, domain, zoneName, ds, dnssec, listed, ...times, ...plan };
}
