import type { DsData } from "../../dns/ds";

/** Whose keys sign what Cloudflare serves of a zone. `both`: multi-signer, RFC 8901 model 2. */
export type Signer = "none" | "primary" | "cloudflare" | "both";

/** How Cloudflare serves a zone, as far as it decides whether answers validate. */
export interface Serving {
  readonly signer: Signer;
  /** Whether what is not there is proven by NSEC3, rather than by NSEC. */
  readonly nsec3: boolean;
}

export interface DnssecFlags {
  readonly status: "active" | "disabled" | "error";
  readonly dnssecPresigned: boolean;
  readonly dnssecUseNsec3: boolean;
  readonly dnssecMultiSigner: boolean;
}

/**
 * How a zone with these settings is served. Disabled, Cloudflare goes on signing until its keys are deleted:
 * https://developers.cloudflare.com/dns/dnssec/dnssec-states/
 */
export function servingNow(flags: DnssecFlags, hasKeys: boolean): Serving {
  return { signer: signerOf(flags, hasKeys), nsec3: flags.dnssecUseNsec3 };
}

/** How it is served with other settings. */
export function servingNext(flags: DnssecFlags, now: Serving): Serving {
  const isSigned = flags.status !== "disabled" || now.signer !== "none";
  return { signer: signerOf(flags, isSigned), nsec3: flags.dnssecUseNsec3 };
}

/** How it is served once Cloudflare's keys are deleted. */
export const UNSIGNED: Serving = { signer: "none", nsec3: false };

function signerOf({ dnssecPresigned, dnssecMultiSigner }: DnssecFlags, isSigned: boolean): Signer {
  if (dnssecPresigned) return "primary";
  if (!isSigned) return "none";
  return dnssecMultiSigner ? "both" : "cloudflare";
}

/** A DS as Cloudflare shows it: `example.com. 3600 IN DS 2371 13 2 ABC…`. */
export function parseShownDs(text: string | null | undefined): DsData | undefined {
  const match = /\bDS\s+(\d{1,5})\s+(\d{1,3})\s+(\d{1,3})\s+([0-9a-fA-F\s]+)$/.exec(text?.trim() ?? "");
  if (match === null) return undefined;
  const [, keyTag, algorithm, digestType, digest = ""] = match;
  return {
    keyTag: Number(keyTag),
    algorithm: Number(algorithm),
    digestType: Number(digestType),
    digest: digest.replace(/\s/g, "").toUpperCase(),
  };
}
