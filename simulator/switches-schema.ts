import { z } from "zod";
import type { SchemasOf } from "./schemas-of";
import type { Switches } from "./switches";

const trailingDot = z.enum(["store-as-given", "append-dot", "require-dot"]);
const whenInUse = z.enum(["refuse", "allow"]).default("refuse");

/** The defaults; what each switch means stands at its type. */
export const switchesSchema = z.strictObject({
  tsigNames: trailingDot.default("append-dot"),
  tsigAlgorithmDots: trailingDot.default("append-dot"),
  tsigAlgorithms: z.enum(["rfc8945", "hmac-sha512-only", "any"]).default("rfc8945"),
  tsigSecrets: z.enum(["any", "base64"]).default("any"),
  peerCreateFields: z.enum(["refuse", "ignore"]).default("refuse"),
  peerOmittedKeys: z.enum(["cleared", "kept", "refuse"]).default("cleared"),
  nullFields: z.enum(["refuse", "ignore"]).default("refuse"),
  unsetPeerFields: z.enum(["empty", "absent"]).default("empty"),
  deleteTsigInUse: whenInUse,
  deletePeerInUse: whenInUse,
  incomingNames: trailingDot.default("store-as-given"),
  incomingTwice: z.enum(["refuse", "replace"]).default("refuse"),
  incomingUnchecked: z.enum(["empty", "absent"]).default("empty"),
  transferWhenLinked: z.boolean().default(false),
  forcedTransferOfSameSerial: z.enum(["transfer", "skip"]).default("transfer"),
  redundantDnssecCalls: z.enum(["refuse", "accept"]).default("refuse"),
  dnssecWithoutStatus: z.enum(["accept", "refuse"]).default("accept"),
  unsetDnssecFlags: z.enum(["false", "absent"]).default("false"),
  dnssecFlagsCleared: z.enum(["never", "by-disable", "by-delete"]).default("never"),
  presignedStatus: z.enum(["follows-ds", "stays-pending"]).default("follows-ds"),
  presignedWithMultiSigner: z.enum(["accept", "refuse"]).default("accept"),
  zoneNames: z.enum(["ascii", "unicode"]).default("ascii"),
  secondaryZoneSignup: z.enum(["allow", "refuse"]).default("allow"),
  missingZone: z.enum(["no-route", "forbidden"]).default("no-route"),
  hostupPendingReads: z.int().min(0).default(2),
  hostupExcludeWhileBlocked: z.enum(["excluded", "stays-blocked"]).default("excluded"),
  hostupDomainNames: z.enum(["ascii", "unicode"]).default("ascii"),
  hostupRefusesMissingUserAgent: z.boolean().default(true),
  hostupProblemContentType: z
    .enum(["application/problem+json", "application/json"])
    .default("application/problem+json"),
  hostupExcludedDs: z.enum(["keeps", "drops"]).default("keeps"),
  hostupListsAutomaticDs: z.boolean().default(true),
  hostupDnssecHasName: z.boolean().default(true),
  hostupDsWithoutId: z.int().min(0).default(0),
  hostupDigestCase: z.enum(["upper", "lower"]).default("upper"),
  hostupDnssecEnums: z.enum(["allowed", "plain"]).default("allowed"),
  hostupDsCreateStatus: z.literal([200, 201]).default(201),
  hostupDsCreateAnswer: z.enum(["with-id", "without-id", "no-body"]).default("without-id"),
  hostupDsDuplicate: z.enum(["refuse", "second-row"]).default("refuse"),
  hostupDsDeleteStatus: z.literal([200, 204]).default(204),
  hostupDsAtParent: z.enum(["at-once", "by-hand"]).default("at-once"),
  hostupUnsupportedRegistry: z.enum(["closed-gate", "error"]).default("closed-gate"),
  hostupReadOnlyGate: z.enum(["explained", "unexplained"]).default("explained"),
} satisfies SchemasOf<Switches>);
