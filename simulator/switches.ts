import { z } from "zod";

const trailingDot = z.enum(["store-as-given", "append-dot", "require-dot"]);

/**
 * What the API documents leave open. Each switch names the choices, the default and why. All of them can
 * be set at start and by `PATCH _control/state`.
 */
export const switchesSchema = z.strictObject({
  /**
   * What happens to a TSIG name without the dot of an absolute name: kept, completed, or refused (400).
   * Cloudflare's own acceptance tests only pass with a dotted name, which both `append-dot`
   * and `require-dot` explain. Default `append-dot`: a client that compares naively sees drift.
   */
  tsigNames: trailingDot.default("append-dot"),

  /** The same for the algorithm, of which only the dotted `hmac-sha512.` was ever seen. */
  tsigAlgorithmDots: trailingDot.default("append-dot"),

  /**
   * Which TSIG algorithms are known: those of RFC 8945 in lower case, only the one that was ever seen,
   * or any text. The specification has no list. Default `rfc8945`: it lets no typo pass.
   */
  tsigAlgorithms: z.enum(["rfc8945", "hmac-sha512-only", "any"]).default("rfc8945"),

  /**
   * Whether a secret must be base64. Secrets are stored as given and no check was ever seen, while the
   * documents' example looks like hex. Default `any` text that is not empty.
   */
  tsigSecrets: z.enum(["any", "base64"]).default("any"),

  /**
   * What happens to anything but `name` in the POST of a peer: the official SDK's type takes no more, and
   * a client that sends the rest sees it missing. Default `refuse`, as an unknown field.
   */
  peerCreateFields: z.enum(["refuse", "ignore"]).default("refuse"),

  /**
   * What PUT of a peer does with keys that are left out. By the specification it replaces the whole, but
   * nobody has tried. Default `cleared`: a client that leaves one out sees drift.
   */
  peerOmittedKeys: z.enum(["cleared", "kept", "refuse"]).default("cleared"),

  /**
   * Whether a TSIG that a peer uses may be deleted, and a peer that a zone uses. Nothing tells;
   * allowed, it leaves an id of nothing behind and the next transfer fails. Default `refuse`: it
   * shows a wrong order at once.
   */
  deleteTsigInUse: z.enum(["refuse", "allow"]).default("refuse"),
  deletePeerInUse: z.enum(["refuse", "allow"]).default("refuse"),

  /** What a zone's name in its incoming transfer becomes; "compare dot-insensitively". */
  incomingNames: trailingDot.default("store-as-given"),

  /** POST of an incoming transfer where there is one: unknown, an error assumed. */
  incomingTwice: z.enum(["refuse", "replace"]).default("refuse"),

  /**
   * What `soa_serial` and `checked_time` are before the first transfer: 0 and null, or left out. Unset
   * fields of a peer are empty rather than absent, hence the default `empty`.
   */
  incomingUnchecked: z.enum(["empty", "absent"]).default("empty"),

  /** Whether linking peers starts a transfer by itself. The guides force the first one. Default false. */
  transferWhenLinked: z.boolean().default(false),

  /**
   * Whether asking for the DNSSEC status that the zone has is an error ("DNSSEC is already enabled")
   * or changes nothing. Default `refuse`, as reported; the newest report is from 2022.
   */
  redundantDnssecCalls: z.enum(["refuse", "accept"]).default("refuse"),

  /**
   * Whether PATCH dnssec may leave out `status`: refused with code 1002 in 2018, shown by today's
   * guides. Default `accept`.
   */
  dnssecWithoutStatus: z.enum(["accept", "refuse"]).default("accept"),

  /**
   * When the three DNSSEC flags fall back to false. Nothing says that disabling or deleting clears them,
   * and a leftover presigned flag has taken a zone off the air. Default `never`.
   */
  dnssecFlagsCleared: z.enum(["never", "by-disable", "by-delete"]).default("never"),

  /**
   * Whether a presigned zone becomes active when a DS is at the parent. That DS is the primary's, never
   * Cloudflare's, so it may stay pending for good; Cloudflare's own tests take both.
   * Default `follows-ds`, as for every other zone.
   */
  presignedStatus: z.enum(["follows-ds", "stays-pending"]).default("follows-ds"),

  /**
   * Whether presigned and multi-signer may be on together: a contradiction that no document forbids
   *. Default `accept`, since no refusal was ever reported.
   */
  presignedWithMultiSigner: z.enum(["accept", "refuse"]).default("accept"),

  /**
   * The answer for a well-formed zone id that does not exist: 404 with 7003 "Could not route", or 403
   * with 10000 "Authentication error", which a token without rights on a zone gets.
   * Default `no-route`.
   */
  missingZone: z.enum(["no-route", "forbidden"]).default("no-route"),

  /**
   * How many reads of automatic DNSSEC still answer `pending` after `include`, before `active`.
   * The period of the automation is not published. Default 2.
   */
  hostupPendingReads: z.int().min(0).default(2),

  /**
   * Whether a request without User-Agent is refused with 403, as on another path of HostUp's host
   *. Default true: `undici.request` sends none by itself.
   */
  hostupRefusesMissingUserAgent: z.boolean().default(true),

  /** The content type of HostUp's problem documents, not stated. Default as in RFC 7807. */
  hostupProblemContentType: z
    .enum(["application/problem+json", "application/json"])
    .default("application/problem+json"),
});

export type Switches = z.infer<typeof switchesSchema>;
