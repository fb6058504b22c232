import type { Asked } from "./asked";

/** Why a server did not give what it was asked for, as far as its response tells. */
export type FailureCause =
  /** No connection, or one that ended without a response. */
  | {
      readonly kind: "unreachable";
      readonly reason: string;
      /** This machine has no way to it: that says nothing of the server. */
      readonly noRoute?: true;
    }
  /** Nothing came in time; `connected` tells whether something listens. */
  | { readonly kind: "silent"; readonly connected: boolean; readonly afterMs: number }
  /** BADKEY. Knot says so too when its ACL lets neither this key nor this address in. */
  | { readonly kind: "unknown-key" }
  /** BADSIG. */
  | { readonly kind: "wrong-secret" }
  /** BADTIME, or a response from another time. Positive: the server's clock is ahead of ours. */
  | { readonly kind: "clock"; readonly secondsApart: number }
  /** NOTAUTH and no word why, as PowerDNS responds to any fault of a key. */
  | { readonly kind: "key-refused" }
  /** It wants a TSIG, and none was there to ask with. */
  | { readonly kind: "no-key" }
  /** It does not give the zone to this key or this address. NSD says so to another algorithm as well. */
  | { readonly kind: "refused" }
  | { readonly kind: "not-authoritative" }
  /** SERVFAIL and other codes that say nothing of keys and addresses. */
  | { readonly kind: "failed"; readonly rcode: number }
  | { readonly kind: "unsigned-answer" }
  | { readonly kind: "forged-answer" }
  /** What came is not a response to what was asked, or not DNS at all. */
  | { readonly kind: "garbled"; readonly reason: string };

/** Who was asked for what, and why nothing came of it. */
export interface DnsFailure {
  readonly asked: Asked;
  readonly cause: FailureCause;
}

/** What came of a question: a value, or why there is none. Errors with advice are made of it where people read them. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: DnsFailure };

export function success<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function failed(asked: Asked, cause: FailureCause): Result<never> {
  return { ok: false, failure: { asked, cause } };
}
