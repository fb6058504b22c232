import { hostupDsRecord } from "../../../provider/runtime";
import { checkOf, FLAG, PROFILE, refuses, refusesValues } from "../../support/input-tables";

const check = checkOf(hostupDsRecord);
const digest = "5A".repeat(32);
const beside = { domainName: "example.se", keyTag: 2371, algorithm: 13, digestType: 2, digest };

const KEY_TAG = "a key tag, a whole number from 0 to 65535";
const ALGORITHM =
  "the number of a DNSSEC algorithm from 1 to 255, such as 13 (ECDSAP256SHA256) or 15 (ED25519), but not 1, 3, 6, 12 (RFC 8624 section 3.1)";
const DIGEST_TYPE = "2 (SHA-256) or 4 (SHA-384); SHA-1 and GOST must not be published (RFC 8624 section 3.3)";
const DIGEST = "hexadecimal digits, 64 of them for digest type 2, 96 for digest type 4";
const DOMAIN_ID = 'an id as GET /domains shows it, such as "dom_01hxa3b4c5d6e7f8g9h0j1k2m3", not a name';
const KNOWN = "domainId, domainName, keyTag, algorithm, digestType, digest, adopt, profile";

describe("HostupDsRecord refuses", () => {
  refusesValues({ check, beside, property: "keyTag", allowed: KEY_TAG }, [
    ["a key tag below 0", -1, "-1"],
    ["a key tag of more than 16 bits", 65_536, "65536"],
    ["half a key tag", 1.5, "1.5"],
    ["a key tag as text", "2371", '"2371"'],
    ["a key tag that is null", null, "null"],
  ]);

  refusesValues({ check, beside, property: "algorithm", allowed: ALGORITHM }, [
    ["algorithm 0, which deletes (RFC 8078)", 0, "0"],
    ["an algorithm of more than 8 bits", 256, "256"],
    ["RSAMD5", 1, "1"],
    ["DSA", 3, "3"],
    ["DSA with NSEC3", 6, "6"],
    ["GOST", 12, "12"],
    ["an algorithm's name", "ED25519", '"ED25519"'],
  ]);

  refusesValues({ check, beside, property: "digestType", allowed: DIGEST_TYPE }, [
    ["SHA-1", 1, "1"],
    ["GOST as digest", 3, "3"],
    ["a digest type that nobody knows", 5, "5"],
    ["a digest's name", "SHA-256", '"SHA-256"'],
    ["a digest type as text", "2", '"2"'],
  ]);

  refusesValues({ check, beside, property: "digest", allowed: DIGEST }, [
    ["a SHA-1 digest", "5A".repeat(20), `"${"5A".repeat(20)}"`],
    ["a digest that is cut off", digest.slice(1), `"${digest.slice(1)}"`],
    ["a digest in base64", "Wlo=", '"Wlo="'],
    ["an empty digest", "", '""'],
    ["a whole record", `2371 13 2 ${digest}`, `"2371 13 2 ${digest}"`],
    ["a digest that is a number", 5, "5"],
  ]);

  refusesValues({ check, beside, property: "adopt", allowed: FLAG }, [["adopt as text", "yes", '"yes"']]);
  refusesValues({ check, beside, property: "profile", allowed: PROFILE }, [
    ["a profile in capitals", "EU", '"EU"'],
  ]);

  refuses(check, [
    [
      "a digest of another type's length",
      { ...beside, digestType: 4 },
      ["", "digest has 64 hexadecimal digits while digestType is 4; allowed: 96"],
    ],
    [
      "a longer digest than its type's",
      { ...beside, digest: "5A".repeat(48) },
      ["", "digest has 96 hexadecimal digits while digestType is 2; allowed: 64"],
    ],
    [
      "neither id nor name",
      { ...beside, domainName: undefined },
      ["", "domainId and domainName are both missing; allowed: one of them"],
    ],
    [
      "both id and name",
      { ...beside, domainId: "dom_abc123" },
      ["", "domainId and domainName are both given; allowed: one of them"],
    ],
    [
      "nothing at all",
      {},
      ["keyTag", `keyTag is missing; required: ${KEY_TAG}`],
      ["algorithm", `algorithm is missing; required: ${ALGORITHM}`],
      ["digestType", `digestType is missing; required: ${DIGEST_TYPE}`],
      ["digest", `digest is missing; required: ${DIGEST}`],
      ["", "domainId and domainName are both missing; allowed: one of them"],
    ],
    [
      "everything that is wrong at once",
      { domainId: "example.se", keyTag: -1, algorithm: 0, digestType: 1, digest: "x", adopt: 1, flags: 257 },
      ["domainId", `domainId is "example.se"; allowed: ${DOMAIN_ID}`],
      ["keyTag", `keyTag is -1; allowed: ${KEY_TAG}`],
      ["algorithm", `algorithm is 0; allowed: ${ALGORITHM}`],
      ["digestType", `digestType is 1; allowed: ${DIGEST_TYPE}`],
      ["digest", `digest is "x"; allowed: ${DIGEST}`],
      ["adopt", `adopt is 1; allowed: ${FLAG}`],
      ["", `flags is not an input; allowed: ${KNOWN}`],
    ],
  ]);
});
