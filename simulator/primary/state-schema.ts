import { z } from "zod";
import { plainName } from "../parent/zone-names";
import type { SchemasOf } from "../schemas-of";
import { hostName } from "../state-schema";
import { RECORD_TYPES, type RecordText, recordOf } from "./records";
import type { PrimaryKey, PrimaryState, PrimaryZone } from "./state";

const ALGORITHMS = ["hmac-md5", "hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512"];

const keySchema = z.strictObject({
  algorithm: z
    .string()
    .refine((name) => ALGORITHMS.includes(name), `must be one of ${ALGORITHMS.join(", ")}`),
  secret: z.base64().min(1),
} satisfies SchemasOf<PrimaryKey>);

const recordSchema = z
  .strictObject({
    name: z.string(),
    type: z.enum(RECORD_TYPES),
    ttl: z.int().min(0).max(0x7fff_ffff).default(300),
    value: z.string(),
  } satisfies SchemasOf<RecordText>)
  .superRefine((record, context) => {
    const parsed = recordOf(record, "example");
    if ("fault" in parsed) context.addIssue(parsed.fault);
  });

const zoneSchema = z.strictObject({
  signing: z.enum(["none", "nsec", "nsec3"]).default("nsec3"),
  keyGeneration: z.int().min(0).default(1),
  keyTtl: z.int().min(0).max(0x7fff_ffff).default(3600),
  serial: z.int().min(0).max(0xffff_ffff).default(1),
  records: z.array(recordSchema).default([]),
  transferKeys: z.array(z.string()).default([]),
} satisfies SchemasOf<PrimaryZone>);

/** Names in one form, so that each is there once. */
const plain = hostName.refine(
  (name) => name === plainName(name),
  "must be in lower case, without a last dot",
);

export const primaryStateSchema = z
  .strictObject({
    keys: z.record(plain, keySchema),
    zones: z.record(plain, zoneSchema),
  } satisfies SchemasOf<PrimaryState>)
  .superRefine(({ keys, zones }, context) => {
    for (const [name, { transferKeys }] of Object.entries(zones)) {
      transferKeys.forEach((key, index) => {
        if (Object.hasOwn(keys, key)) return;
        context.addIssue({
          code: "custom",
          path: ["zones", name, "transferKeys", index],
          message: "no such key",
        });
      });
    }
  });
