import { z } from "zod";
import { ABANDONED_ALGORITHMS } from "../../dns/retired-algorithm";
import type { Rule } from "../../engine/check";
import * as field from "../fields";
import { domainId, domainName, oneDomain } from "../hostup-domain";

const tagAllowed = "a key tag, a whole number from 0 to 65535";
const algorithmAllowed = `the number of a DNSSEC algorithm from 1 to 255, such as 13 (ECDSAP256SHA256) or 15 (ED25519), but not ${ABANDONED_ALGORITHMS.join(", ")} (RFC 8624 section 3.1)`;
const digestTypeAllowed =
  "2 (SHA-256) or 4 (SHA-384); SHA-1 and GOST must not be published (RFC 8624 section 3.3)";
const digestAllowed = "hexadecimal digits, 64 of them for digest type 2, 96 for digest type 4";

export const fields = {
  domainId,
  domainName,
  keyTag: z.int(tagAllowed).min(0, tagAllowed).max(65_535, tagAllowed),
  algorithm: z
    .int(algorithmAllowed)
    .min(1, algorithmAllowed)
    .max(255, algorithmAllowed)
    .refine((number) => !ABANDONED_ALGORITHMS.includes(number), algorithmAllowed),
  digestType: z.literal([2, 4], digestTypeAllowed),
  // Tools break it into groups (RFC 4034 section 5.3).
  digest: z
    .string(digestAllowed)
    .transform((text) => text.replace(/\s/g, "").toUpperCase())
    .refine((text) => /^([0-9A-F]{64}|[0-9A-F]{96})$/.test(text), digestAllowed),
  adopt: field.flag,
  profile: field.profile,
};

const fittingDigest: Rule = {
  over: ["digestType", "digest"],
  test: ({ digestType, digest }) => {
    const digits = digestType === 4 ? 96 : 64;
    const { length } = String(digest);
    return length === digits
      ? undefined
      : `digest has ${length} hexadecimal digits while digestType is ${digestType}; allowed: ${digits}`;
  },
};

export const rules = [oneDomain, fittingDigest];
