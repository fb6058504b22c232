import type { Primary } from "../../provider/dns/primary";

/** `fault`: the zone is, or will be, without answers that validate. `warning`: something to see to, or that was not seen. */
export type Verdict = "ok" | "warning" | "fault";

/** Where along the chain something was found. */
export type Place = "cloudflare" | "primary" | "secondary" | "parent" | "registrar";

/** What may be found. docs/doctor.md says of each what it means. */
export const findingCodes = [
  // Cloudflare's side
  "cloudflare-ok",
  "zone-not-read",
  "zone-not-secondary",
  "zone-paused",
  "zone-not-active",
  "transfer-missing",
  "peers-missing",
  "peer-broken",
  "peer-without-key",
  "never-transferred",
  "dnssec-error",
  "presigned-off",
  // each primary
  "primary-ok",
  "primary-unreachable",
  "primary-silent",
  "primary-refuses",
  "primary-fails",
  "primary-lacks-zone",
  "key-unknown",
  "key-wrong",
  "key-refused",
  "key-missing",
  "clock-off",
  "answer-forged",
  "zone-unsigned",
  "transfer-unsigned",
  "signatures-expired",
  "signatures-not-yet-valid",
  "signatures-end-soon",
  "denial-differs",
  "nsec3-iterations",
  "denial-unsigned",
  "serial-behind",
  "serial-ahead",
  "transfer-harms",
  "primary-lags",
  "primaries-differ",
  "expire-short",
  "signer-keys-missing",
  "cds-deletes",
  "cds-foreign",
  // each of Cloudflare's name servers
  "served-ok",
  "name-servers-not-asked",
  "name-server-silent",
  "name-server-refuses",
  "served-unsigned",
  "served-denial-unsigned",
  "served-expired",
  "served-end-soon",
  "served-serial-differs",
  // the parent
  "parent-ok",
  "parent-not-asked",
  "not-delegated",
  "partly-delegated",
  "name-servers-differ",
  "other-server-not-asked",
  "other-server-refuses",
  "other-server-foreign",
  "other-server-serial-differs",
  "ds-missing",
  "ds-foreign",
  "ds-without-signatures",
  "ds-weak",
  "ds-algorithm-unsigned",
  "ds-cached",
  // HostUp
  "hostup-ok",
  "hostup-not-asked",
  "hostup-blocked",
  "hostup-error",
  "hostup-publishes",
] as const;
export type FindingCode = (typeof findingCodes)[number];

export interface Finding {
  readonly place: Place;
  readonly code: FindingCode;
  readonly verdict: Verdict;
  /** The primary that it was found at; left out by what concerns all of them, and at other places. */
  readonly primary?: Primary;
  /** One line. */
  readonly text: string;
  /** What to do: a line, and more under it. */
  readonly next?: readonly string[];
}

export type Found = Omit<Finding, "place">;

export function ok(code: FindingCode, text: string): Found {
  return { code, verdict: "ok", text };
}

export function warning(code: FindingCode, text: string, ...next: readonly string[]): Found {
  return { code, verdict: "warning", text, next };
}

export function fault(code: FindingCode, text: string, ...next: readonly string[]): Found {
  return { code, verdict: "fault", text, next };
}
