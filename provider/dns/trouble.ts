/** Why a primary did not give what it was asked for, as far as its answer tells. */
export type PrimaryTrouble =
  /** No connection, or one that ended without an answer. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** Nothing came in time; `connected` tells whether something listens. */
  | { readonly kind: "silent"; readonly connected: boolean; readonly afterMs: number }
  /** BADKEY. Knot says so too when its ACL lets neither this key nor this address in. */
  | { readonly kind: "unknown-key" }
  /** BADSIG. */
  | { readonly kind: "wrong-secret" }
  /** BADTIME, or an answer from another time. Positive: the primary's clock is ahead of ours. */
  | { readonly kind: "clock"; readonly secondsApart: number }
  /** NOTAUTH and no word why, as PowerDNS answers to any fault of a key. */
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
  /** What came is not an answer to what was asked, or not DNS at all. */
  | { readonly kind: "garbled"; readonly reason: string };
