import type { DsData } from "../../dns/ds";
import type { DnsFailure } from "../../dns/failure";
import type { Primary } from "../../dns/primary";
import type { Denial, ZoneView } from "../view/zone-view";

/** Why a step would leave the zone without an answer that validates. */
export type Harm =
  /** A primary, asked, shows no signatures that verify. */
  | { readonly kind: "unsigned"; readonly primary: Primary; readonly view: ZoneView }
  /** It signs its responses, and not what it transfers. */
  | { readonly kind: "transfer unsigned"; readonly primary: Primary }
  /** It proves what is not there in the other way. */
  | {
      readonly kind: "other denial";
      readonly primary: Primary;
      readonly denial: Denial;
      readonly wanted: "nsec" | "nsec3";
    }
  /** Without signatures over NSEC or NSEC3 each negative response is bogus. */
  | { readonly kind: "denial unsigned"; readonly primary: Primary }
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
  /** The same of one that the registrar has taken and the parent does not show yet. */
  | { readonly kind: "ds on its way"; readonly ds: readonly DsData[] }
  /** What it has is signed by keys that are not in what is served now, or the other way round, and both are in resolvers. */
  | {
      readonly kind: "other keys";
      readonly primary: Primary;
      /** Whether a DS is seen; else the parent has none now, and since when is not known. */
      readonly isSecure: boolean;
    }
  /** The zone is delegated elsewhere, and resolvers may hold the delegation to Cloudflare until then. */
  | {
      readonly kind: "delegation held";
      readonly harm: Harm;
      readonly delegation: readonly string[];
      readonly until: number;
    }
  /** Whether the parent has one cannot be found out. */
  | { readonly kind: "parent unknown"; readonly why: string }
  /** Whether it comes to have one cannot be found out. */
  | { readonly kind: "registrar unknown"; readonly why: string }
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
  /** Before Cloudflare has to check again: were a NOTIFY lost, it would serve them after that. */
  | {
      readonly kind: "signatures end soon";
      readonly primary: Primary;
      /** In seconds since 1970. */
      readonly expires: number;
      readonly refreshSeconds: number;
    }
  /** Resolvers may treat the zone as unsigned (RFC 9276 section 3.2). */
  | { readonly kind: "nsec3 iterations"; readonly primary: Primary; readonly iterations: number }
  | { readonly kind: "primary not asked"; readonly why: DnsFailure | string }
  /** The harm would be real were the zone delegated to Cloudflare. */
  | { readonly kind: "not delegated"; readonly harm: Harm; readonly delegation: readonly string[] }
  | { readonly kind: "parent not asked"; readonly why: string }
  /** A resolver alone told of the parent's DS: of one that was published a moment ago it may not have heard. */
  | { readonly kind: "parent by resolver" }
  /** A resolver alone says that the zone is delegated elsewhere, so the harm counts. */
  | { readonly kind: "delegation by resolver"; readonly delegation: readonly string[] };

export interface Decision {
  readonly harms: readonly Harm[];
  readonly cautions: readonly Caution[];
}
