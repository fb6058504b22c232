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
  deleteTsigInUse: whenInUse,
  deletePeerInUse: whenInUse,
  incomingNames: trailingDot.default("store-as-given"),
  incomingTwice: z.enum(["refuse", "replace"]).default("refuse"),
  incomingUnchecked: z.enum(["empty", "absent"]).default("empty"),
  transferWhenLinked: z.boolean().default(false),
  redundantDnssecCalls: z.enum(["refuse", "accept"]).default("refuse"),
  dnssecWithoutStatus: z.enum(["accept", "refuse"]).default("accept"),
  dnssecFlagsCleared: z.enum(["never", "by-disable", "by-delete"]).default("never"),
  presignedStatus: z.enum(["follows-ds", "stays-pending"]).default("follows-ds"),
  presignedWithMultiSigner: z.enum(["accept", "refuse"]).default("accept"),
  missingZone: z.enum(["no-route", "forbidden"]).default("no-route"),
  hostupPendingReads: z.int().min(0).default(2),
  hostupExcludeWhileBlocked: z.enum(["excluded", "stays-blocked"]).default("excluded"),
  hostupDomainNames: z.enum(["ascii", "unicode"]).default("ascii"),
  hostupRefusesMissingUserAgent: z.boolean().default(true),
  hostupProblemContentType: z
    .enum(["application/problem+json", "application/json"])
    .default("application/problem+json"),
} satisfies SchemasOf<Switches>);
