import type { ZoneDnssecArgs } from "../provider/zone-dnssec";
import type { Signing } from "../servers/primary-zone";

/** Who signs the zone. */
export type DnssecChoice =
  /**
   * The primary signs and Cloudflare serves its signatures. `nsec3` must match what the primary uses. With
   * primaries, the machine that runs Pulumi queries them for their keys to set the output `ds`; `ds: false` turns this off.
   */
  | ({
      readonly signing: "presigned";
      readonly nsec3?: boolean | undefined;
      readonly ds?: boolean | undefined;
    } & PrimaryPolicy)
  /** Cloudflare signs. Use this only if the domain is delegated to Cloudflare's name servers alone (hidden primary). */
  | { readonly signing: "live"; readonly nsec3?: boolean | undefined }
  /** Cloudflare and others sign, each with its own keys (RFC 8901). */
  | ({ readonly signing: "multi-signer"; readonly nsec3?: boolean | undefined } & PrimaryPolicy)
  /** Nobody signs. Remove the DS at the registrar first. */
  | { readonly signing: "off" };

/** The policy by which the primary signs. */
export interface PrimaryPolicy {
  /**
   * For a zone that the primary signs already: the name of its dnssec-policy (BIND) or policy (Knot). `primaryConfig`
   * then refers to that policy and defines none, so that the zone's keys stay. Left out, `primaryConfig` defines a policy
   * of its own with ECDSAP256SHA256, which would roll a zone that is signed with other keys. NSD and PowerDNS keep their
   * keys anyway. Changes only the text, no resource.
   */
  readonly primaryPolicy?: string | undefined;
}

/** Whether the DS at the parent is to be that of Cloudflare's key: a zone that is off keeps its key, and must not get one. */
export function isSignedByCloudflare({ signing }: DnssecChoice): boolean {
  return signing === "live" || signing === "multi-signer";
}

/** Whether the DS at the parent is to be that of the primary's keys, alone or beside Cloudflare's. */
export function isSignedByPrimary(choice: DnssecChoice): boolean {
  if (choice.signing === "presigned") return choice.ds !== false;
  return choice.signing === "multi-signer";
}

type Flags = Pick<ZoneDnssecArgs, "status" | "dnssecPresigned" | "dnssecUseNsec3" | "dnssecMultiSigner">;

/** The choice in the words of the API. */
export function dnssecArgs(choice: DnssecChoice): Flags {
  if (choice.signing === "off") return { status: "disabled" };
  return {
    status: "active",
    dnssecPresigned: choice.signing === "presigned",
    dnssecUseNsec3: choice.nsec3 ?? false,
    dnssecMultiSigner: choice.signing === "multi-signer",
  };
}

/** The choice as the primary's configuration has it. */
export function signingOf({
  signing,
  nsec3,
}: {
  readonly signing: DnssecChoice["signing"];
  readonly nsec3?: boolean | undefined;
}): Signing {
  if (signing === "off" || signing === "live") return { by: "nobody" };
  return { by: signing === "presigned" ? "primary" : "both", denial: nsec3 ? "nsec3" : "nsec" };
}
