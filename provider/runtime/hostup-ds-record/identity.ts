import { InputError } from "../../core/errors";
import type { DsData } from "../../dns/ds";
import { DOMAIN_ID } from "../hostup-domain";

/** A DS record is known by what is in it: HostUp's own id may come late, and another one may come. */
export interface Identity {
  readonly domainId: string;
  readonly ds: DsData;
}

export function formatId({ domainId, ds: { keyTag, algorithm, digestType, digest } }: Identity): string {
  return `${domainId}/${keyTag}-${algorithm}-${digestType}-${digest}`;
}

const FORM = /^([^/]*)\/(\d{1,5})-(\d{1,3})-(\d{1,3})-([0-9A-F]+)$/;

export function parseId(id: string): Identity {
  const [, domainId = "", keyTag, algorithm, digestType, digest = ""] = FORM.exec(id) ?? [];
  const ds = { keyTag: Number(keyTag), algorithm: Number(algorithm), digestType: Number(digestType), digest };
  const identity = { domainId, ds };
  // Two ids of one record would be two resources to the engine.
  if (DOMAIN_ID.test(domainId) && formatId(identity) === id) return identity;
  throw new InputError(
    `The id of a HostupDsRecord is ${JSON.stringify(id)}; allowed: <domainId>/<keyTag>-<algorithm>-<digestType>-<digest>, without leading zeros, the digest in upper case.`,
  );
}
