import { zoneDnssec } from "../../../provider/runtime";
import { checkOf, FLAG, ID, PROFILE, refuses, refusesValues } from "../../support/input-tables";

const check = checkOf(zoneDnssec);
const beside = { zoneId: ID };

const ZONE_ID = "a zone id: 32 hexadecimal digits, as Cloudflare's dashboard and API show it";
const STATUS = '"active", "disabled"';
const ON_DELETE = '"restore", "disable", "retain"';
const KNOWN = "zoneId, status, dnssecPresigned, dnssecUseNsec3, dnssecMultiSigner, onDelete, profile";
const EXCLUSIVE =
  "dnssecPresigned and dnssecMultiSigner are both true; allowed: one of them, since a presigned zone is not signed by Cloudflare and a multi-signer zone is (RFC 8901)";

describe("ZoneDnssec refuses", () => {
  refusesValues({ check, property: "zoneId", allowed: ZONE_ID }, [
    ["a zone id that is a number", 42, "42"],
    ["a zone id that is null", null, "null"],
    ["a zone id that is a list", [ID], `["${ID}"]`],
    ["a zone id that is an object, such as a whole zone", { id: ID }, `{"id":"${ID}"}`],
    ["a zone id that is a boolean", true, "true"],
    ["an empty zone id", "", '""'],
    ["the zone's name in place of its id", "example.com", '"example.com"'],
    ["a zone id with 31 digits", ID.slice(1), `"${ID.slice(1)}"`],
    ["a zone id with 33 digits", `${ID}0`, `"${ID}0"`],
    ["a zone id with a digit that is not hexadecimal", `${ID.slice(1)}g`, `"${ID.slice(1)}g"`],
    [
      "a zone id with hyphens, like a UUID",
      "01234567-89ab-cdef-0123-456789abcdef",
      '"01234567-89ab-cdef-0123-456789abcdef"',
    ],
    ["a zone id with a line break at its end", `${ID}\n`, `"${ID}\\n"`],
    ["a zone id that tries to reach another path", "../accounts", '"../accounts"'],
    [
      "a value of any length, shown by its beginning",
      "z".repeat(500),
      `"${"z".repeat(99)}… (500 characters)`,
    ],
  ]);

  refusesValues({ check, beside, property: "status", allowed: STATUS }, [
    ["a status of the API that is not for choosing", "pending", '"pending"'],
    ["a status in capitals", "Active", '"Active"'],
    ["a status that is a boolean", true, "true"],
    ["a status that is null", null, "null"],
  ]);

  refusesValues({ check, beside, property: "dnssecPresigned", allowed: FLAG }, [
    ["a flag that is a string", "true", '"true"'],
  ]);
  refusesValues({ check, beside, property: "dnssecMultiSigner", allowed: FLAG }, [
    ["a flag that is null", null, "null"],
  ]);
  refusesValues({ check, beside, property: "dnssecUseNsec3", allowed: FLAG }, [
    ["a flag that is a number", 1, "1"],
    ["a flag that is an object", {}, "{}"],
    ["a flag that is a list", [], "[]"],
  ]);

  refusesValues({ check, beside, property: "onDelete", allowed: ON_DELETE }, [
    ["an onDelete of another resource", "exclude", '"exclude"'],
    ["an onDelete that is a boolean", false, "false"],
  ]);

  refusesValues({ check, beside, property: "profile", allowed: PROFILE }, [
    ["a profile with capitals", "EU", '"EU"'],
    ["an empty profile", "", '""'],
    ["a profile with a space", "e u", '"e u"'],
    ["a profile that begins with a digit", "1eu", '"1eu"'],
    ["a profile that ends in a hyphen", "eu-", '"eu-"'],
    ["a profile that would reach into another key", "eu:apiToken", '"eu:apiToken"'],
    ["a profile that is null", null, "null"],
  ]);

  refuses(check, [
    ["no inputs at all", {}, ["zoneId", `zoneId is missing; required: ${ZONE_ID}`]],
    [
      "presigned together with multi-signer",
      { zoneId: ID, dnssecPresigned: true, dnssecMultiSigner: true },
      ["", EXCLUSIVE],
    ],
    [
      "presigned while disabled",
      { zoneId: ID, status: "disabled", dnssecPresigned: true },
      [
        "",
        'dnssecPresigned is true while status is "disabled"; allowed: true with status "active", since the flag alone can make the zone answer REFUSED',
      ],
    ],
    [
      "an input with the API's spelling",
      { zoneId: ID, dnssec_presigned: true },
      ["", `dnssec_presigned is not an input; allowed: ${KNOWN}`],
    ],
    [
      "an input in the wrong case, and names the right one",
      { zoneId: ID, dnssecUseNSEC3: true },
      ["", `dnssecUseNSEC3 is not an input; did you mean dnssecUseNsec3? allowed: ${KNOWN}`],
    ],
    [
      "an input whose name every object has",
      { zoneId: ID, constructor: "x", toString: "y" },
      ["", `constructor is not an input; allowed: ${KNOWN}`],
      ["", `toString is not an input; allowed: ${KNOWN}`],
    ],
    [
      "an output given as an input",
      { zoneId: ID, observedStatus: "active" },
      ["", `observedStatus is not an input; allowed: ${KNOWN}`],
    ],
    [
      "everything that is wrong at once",
      { status: 1, dnssecPresigned: "no", dnssecUseNsec3: 0, onDelete: "x", profile: 7, zone: ID },
      ["zoneId", `zoneId is missing; required: ${ZONE_ID}`],
      ["status", `status is 1; allowed: ${STATUS}`],
      ["dnssecPresigned", `dnssecPresigned is "no"; allowed: ${FLAG}`],
      ["dnssecUseNsec3", `dnssecUseNsec3 is 0; allowed: ${FLAG}`],
      ["onDelete", `onDelete is "x"; allowed: ${ON_DELETE}`],
      ["profile", `profile is 7; allowed: ${PROFILE}`],
      ["", `zone is not an input; allowed: ${KNOWN}`],
    ],
    [
      "an exclusive pair beside a missing zone id",
      { dnssecPresigned: true, dnssecMultiSigner: true },
      ["zoneId", `zoneId is missing; required: ${ZONE_ID}`],
      ["", EXCLUSIVE],
    ],
  ]);
});
