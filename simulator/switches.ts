type TrailingDot = "store-as-given" | "append-dot" | "require-dot";

/**
 * What the API documents leave open. Each switch names the choices, the default and why. All of them can
 * be set at start and by `PATCH _control/state`.
 */
export interface Switches {
  /**
   * What happens to a TSIG name without the dot of an absolute name: kept, completed, or refused (400).
   * Cloudflare's own acceptance tests only pass with a dotted name, which both `append-dot`
   * and `require-dot` explain. Default `append-dot`: a client that compares naively sees drift.
   * https://github.com/cloudflare/terraform-provider-cloudflare/issues/5610
   */
  tsigNames: TrailingDot;

  /** The same for the algorithm, of which only the dotted `hmac-sha512.` was ever seen. */
  tsigAlgorithmDots: TrailingDot;

  /**
   * Which TSIG algorithms are known: those of RFC 8945 in lower case, only the one that was ever seen,
   * or any text. The specification has no list. Default `rfc8945`: it lets no typo pass.
   * https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/tsigs/
   */
  tsigAlgorithms: "rfc8945" | "hmac-sha512-only" | "any";

  /**
   * Whether a secret must be base64. Secrets are stored as given and no check was ever seen, while the
   * documents' example looks like hex. Default `any` text that is not empty.
   */
  tsigSecrets: "any" | "base64";

  /**
   * What happens to anything but `name` in the POST of a peer: the official SDK's type takes no more, and
   * a client that sends the rest sees it missing. Default `refuse`, as an unknown field.
   * https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/peers/
   */
  peerCreateFields: "refuse" | "ignore";

  /**
   * What PUT of a peer does with keys that are left out. By the specification it replaces the whole, but
   * nobody has tried. Default `cleared`: a client that leaves one out sees drift.
   */
  peerOmittedKeys: "cleared" | "kept" | "refuse";

  /**
   * What a null does in PATCH dnssec and in PUT of a peer: a malformed body, or as good as left out.
   * Cloudflare's Terraform provider sends nulls for flags that leave its configuration; whether that is what
   * the service then refuses was never found out. Default `refuse`: null is in neither specification.
   * https://github.com/cloudflare/terraform-provider-cloudflare/issues/5765
   */
  nullFields: "refuse" | "ignore";

  /**
   * How a peer shows what nobody has set: as "", 0 and false, which was seen on the service, or not at all,
   * which Cloudflare's own acceptance tests ask for. Default `empty`.
   * https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/peers/
   */
  unsetPeerFields: "empty" | "absent";

  /**
   * Whether a TSIG that a peer uses may be deleted. Nothing tells; allowed, it leaves an id of nothing
   * behind and the next transfer fails. Default `refuse`: it shows a wrong order at once.
   */
  deleteTsigInUse: "refuse" | "allow";

  /** The same for a peer that a zone uses. */
  deletePeerInUse: "refuse" | "allow";

  /**
   * What a zone's name in its incoming transfer becomes. The specification's example is absolute, and
   * Cloudflare's own clients send it without a dot. Default `store-as-given`.
   * https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/incoming/
   */
  incomingNames: TrailingDot;

  /** POST of an incoming transfer where there is one: unknown. Default `refuse`, an error assumed. */
  incomingTwice: "refuse" | "replace";

  /**
   * What `soa_serial` is before the first transfer: 0, or left out as `checked_time` is in either case, which
   * has no null in the official SDK. Unset fields of a peer are empty rather than absent, hence the default
   * `empty`.
   */
  incomingUnchecked: "empty" | "absent";

  /**
   * Whether linking peers starts a transfer by itself. The guides force the first one. Default false.
   * https://developers.cloudflare.com/dns/zone-setups/zone-transfers/cloudflare-as-secondary/setup/
   */
  transferWhenLinked: boolean;

  /**
   * Whether a forced transfer takes a zone again whose serial is the one that is served. A refresh and a
   * NOTIFY never do (RFC 1982), and an older serial is never taken. Nothing tells; default `transfer`, as
   * "force" says and as other secondaries' commands do.
   * https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/force_axfr/
   */
  forcedTransferOfSameSerial: "transfer" | "skip";

  /**
   * Whether asking for the DNSSEC status that the zone has is an error ("DNSSEC is already enabled")
   * or changes nothing. Default `refuse`, as reported; the newest report is from 2022.
   * https://github.com/cloudflare/terraform-provider-cloudflare/issues/1486
   */
  redundantDnssecCalls: "refuse" | "accept";

  /**
   * Whether PATCH dnssec may leave out `status`: refused with code 1002 in 2018, shown by today's
   * guides. Default `accept`. https://github.com/ZE3kr/Cloudflare-CNAME-Setup/issues/23
   */
  dnssecWithoutStatus: "accept" | "refuse";

  /**
   * How a DNSSEC flag shows that nobody has ever set: as false, the default of the specification, or not
   * at all, which Cloudflare's own acceptance tests ask for. Default `false`.
   * https://developers.cloudflare.com/api/resources/dns/subresources/dnssec/
   */
  unsetDnssecFlags: "false" | "absent";

  /**
   * When the three DNSSEC flags fall back to false. Nothing says that disabling or deleting clears them,
   * and a leftover presigned flag has taken a zone off the air. Default `never`.
   * https://github.com/cloudflare/cloudflare-docs/pull/29278
   */
  dnssecFlagsCleared: "never" | "by-disable" | "by-delete";

  /**
   * Whether a presigned zone becomes active when a DS is at the parent. That DS is the primary's, never
   * Cloudflare's, so it may stay pending for good; Cloudflare's own tests take both.
   * Default `follows-ds`, as for every other zone.
   */
  presignedStatus: "follows-ds" | "stays-pending";

  /**
   * Whether presigned and multi-signer may be on together: a contradiction, since a presigned zone is not
   * signed by Cloudflare, that no document forbids. Default `accept`, since no refusal was ever reported.
   * https://developers.cloudflare.com/api/resources/dns/subresources/dnssec/
   */
  presignedWithMultiSigner: "accept" | "refuse";

  /**
   * Whether internationalised zone names are shown, and found by `name`, as A-labels or in Unicode. Not
   * stated. Default `ascii`, as in DNS.
   * https://developers.cloudflare.com/api/resources/zones/methods/list/
   */
  zoneNames: "ascii" | "unicode";

  /**
   * Whether the account may sign up secondary zones. That needs Cloudflare's account team; without it the
   * service was seen to refuse. Default `allow`.
   */
  secondaryZoneSignup: "allow" | "refuse";

  /**
   * The answer for a well-formed zone id that does not exist: 404 with 7003 "Could not route", or 403
   * with 10000 "Authentication error", which a token without rights on a zone gets.
   * Default `no-route`.
   */
  missingZone: "no-route" | "forbidden";

  /**
   * How many reads of automatic DNSSEC still answer `pending` after `include`, before `active`.
   * The period of the automation is not published. Default 2.
   * https://developer.hostup.se/endpoints/domain-services/get-v2-domains-id-dnssec-auto
   */
  hostupPendingReads: number;

  /**
   * What `exclude` makes of a domain that is blocked after a change of name servers. The page's example answers
   * `blocked` and enabled, which may be a copy of another page's. Default `excluded`, as its text says.
   * https://developer.hostup.se/endpoints/domain-services/post-v2-domains-id-dnssec-auto
   */
  hostupExcludeWhileBlocked: "excluded" | "stays-blocked";

  /**
   * Whether internationalised domain names are shown, and looked up by `name`, as A-labels or in Unicode. Not
   * stated; the other form finds nothing. Default `ascii`.
   * https://developer.hostup.se/endpoints/domain-services/get-v2-domains
   */
  hostupDomainNames: "ascii" | "unicode";

  /**
   * Whether a request without User-Agent is refused with 403. A user saw that for some of them on another
   * path of HostUp's host; no document says it. Default true: `undici.request` sends none by itself.
   */
  hostupRefusesMissingUserAgent: boolean;

  /**
   * The content type of HostUp's problem documents, not stated. Default as in RFC 7807.
   * https://developer.hostup.se/errors
   */
  hostupProblemContentType: "application/problem+json" | "application/json";

  /**
   * Whether `exclude` takes a DS that the automation published out of the registry. Not stated. Default
   * `keeps`: who counts on it to be gone goes dark with the next change of keys.
   * https://developer.hostup.se/endpoints/domain-services/post-v2-domains-id-dnssec-auto
   */
  hostupExcludedDs: "keeps" | "drops";

  /**
   * Whether the DS that the automation published stands in the list of GET dnssec, and can be deleted there.
   * Not stated. Default true: the list is of what the registrar has.
   * https://developer.hostup.se/endpoints/domain-services/get-v2-domains-id-dnssec
   */
  hostupListsAutomaticDs: boolean;

  /**
   * Whether GET dnssec says the domain's name: the schema allows null and does not say when. Default true.
   * https://developer.hostup.se/endpoints/domain-services/get-v2-domains-id-dnssec
   */
  hostupDnssecHasName: boolean;

  /**
   * How many lists show a new DS record with `id: null`: the schema allows null and does not say when.
   * Default 0.
   */
  hostupDsWithoutId: number;

  /** In which case the digest of a DS record comes back. Default `upper`, as in the page's example. */
  hostupDigestCase: "upper" | "lower";

  /**
   * What GET dnssec calls the algorithms and digest types that the registry takes: that it has them is
   * said, under which names is not. Default `allowed`: `allowedAlgorithms` and `allowedDigestTypes`.
   */
  hostupDnssecEnums: "allowed" | "plain";

  /** The status of POST dnssec. Not seen; sibling calls that create answer 201. Default 201. */
  hostupDsCreateStatus: 200 | 201;

  /**
   * What POST dnssec answers: the record, the record without its id, or no body. "The create answer may carry
   * no record id" is all that is said. Default `without-id`.
   * https://developer.hostup.se/endpoints/domain-services/post-v2-domains-id-dnssec
   */
  hostupDsCreateAnswer: "with-id" | "without-id" | "no-body";

  /** What POST dnssec makes of a record that is there already: 409, or a second row. Default `refuse`. */
  hostupDsDuplicate: "refuse" | "second-row";

  /** The status of DELETE dnssec, whose page was not seen; its siblings answer 204. Default 204. */
  hostupDsDeleteStatus: 200 | 204;

  /**
   * When the registry has at the parent what HostUp took: at once, or when a test puts it there
   * (`zones[id].parent.ds`). Neither a time nor a way to see it is documented, and registries differ. Default
   * `at-once`.
   * https://developer.hostup.se/endpoints/domain-services/post-v2-domains-id-dnssec
   */
  hostupDsAtParent: "at-once" | "by-hand";

  /**
   * What GET dnssec answers for a registry that takes no DNSSEC material: an empty list and a gate that says
   * why, as for glue records, or an error. Default `closed-gate`.
   * https://developer.hostup.se/endpoints/domain-services/get-v2-domains-id-glue-records
   */
  hostupUnsupportedRegistry: "closed-gate" | "error";

  /**
   * What a key that may only read is told by `actions.canAdd`: gates are disabled for it, with or without a reason.
   * Default `explained`.
   * https://developer.hostup.se/endpoints/domain-services/get-v2-domains-id-dyndns
   */
  hostupReadOnlyGate: "explained" | "unexplained";
}
