import { tsig } from "../../../provider/runtime";
import { checkOf, DOMAIN_NAME, FLAG, ID, PROFILE, refuses, refusesValues } from "../../support/input-tables";

const check = checkOf(tsig);
const beside = { accountId: ID, name: "cf.example.com." };

const ACCOUNT_ID = "an account id: 32 hexadecimal digits, as Cloudflare's dashboard and API show it";
const ALGO =
  '"hmac-sha512.", "hmac-sha384.", "hmac-sha256.", "hmac-sha224.", "hmac-sha1." (RFC 8945 section 6)';
const NOT_MD5 = "; hmac-md5.sig-alg.reg.int. must not be used (RFC 8945 section 6, RFC 6151)";
const KNOWN = "accountId, name, algo, secret, adopt, profile";

const EMPTY_LABEL = " (a label is empty)";
const outerHyphen = (label: string) => ` (the label "${label}" begins or ends with a hyphen)`;
const badCharacter = (label: string) => ` (the label "${label}" has a character that is not allowed)`;
const label64 = "a".repeat(64);
const name254 = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(62)}`;

describe("Tsig refuses", () => {
  refusesValues({ check, beside, property: "accountId", allowed: ACCOUNT_ID }, [
    ["an account id that is too short", "abc", '"abc"'],
    ["an account id that is an e-mail address", "me@example.com", '"me@example.com"'],
    ["an account id that is a number", 1234, "1234"],
    ["an account id that is null", null, "null"],
  ]);

  refusesValues({ check, beside, property: "name", allowed: DOMAIN_NAME }, [
    ["a name that is a number", 53, "53"],
    ["a name that is null", null, "null"],
    ["a name that is a list", ["a"], '["a"]'],
    ["a name that is an object", {}, "{}"],
    ["a name that is a boolean", false, "false"],
    ["an empty name", "", '""', EMPTY_LABEL],
    ["the root as a name", ".", '"."', EMPTY_LABEL],
    ["a name with an empty label", "cf..example.com", '"cf..example.com"', EMPTY_LABEL],
    ["a name that begins with a dot", ".example.com", '".example.com"', EMPTY_LABEL],
    ["a name with two final dots", "example.com..", '"example.com.."', EMPTY_LABEL],
    [
      "a name with a label of 64 characters",
      `${label64}.example`,
      `"${label64}.example"`,
      ' (the label "aaaaaaaaaaaaaaaaaaaa…" has 64 characters)',
    ],
    [
      "a name of 254 characters",
      name254,
      `"${name254.slice(0, 99)}… (254 characters)`,
      " (it has 254 characters)",
    ],
    ["a label that begins with a hyphen", "-cf.example.com", '"-cf.example.com"', outerHyphen("-cf")],
    ["a label that ends with a hyphen", "cf-.example.com", '"cf-.example.com"', outerHyphen("cf-")],
    ["a name with a space", "cf example.com", '"cf example.com"', badCharacter("cf example")],
    ["a name with a line break", "cf.example.com\n", '"cf.example.com\\n"', badCharacter("com\n")],
    [
      "a name with a letter outside ASCII",
      "nyckel.räksmörgås.se",
      '"nyckel.räksmörgås.se"',
      `${badCharacter("räksmörgås")}; an internationalised name goes in its xn-- form: nyckel.xn--rksmrgs-5wao1o.se`,
    ],
    [
      "a name with a sign that only looks like a K and lower-cases to one",
      "\u212aey.example",
      '"\u212aey.example"',
      badCharacter("\u212aey"),
    ],
    ["a name with an escaped dot", "a\\.b.example.com", '"a\\\\.b.example.com"', badCharacter("a\\")],
    [
      "a name with a decimal escape",
      "a\\046b.example.com",
      '"a\\\\046b.example.com"',
      badCharacter("a\\046b"),
    ],
    ["a name with a wildcard", "*.example.com", '"*.example.com"', badCharacter("*")],
  ]);

  refusesValues({ check, beside, property: "algo", allowed: ALGO }, [
    ["MD5, and says why", "hmac-md5.sig-alg.reg.int.", '"hmac-md5.sig-alg.reg.int."', NOT_MD5],
    ["MD5 by its short name", "HMAC-MD5", '"HMAC-MD5"', NOT_MD5],
    ["an algorithm without its prefix", "sha256", '"sha256"'],
    ["an algorithm that nobody has defined", "hmac-sha3-512.", '"hmac-sha3-512."'],
    ["a truncated variant", "hmac-sha256-128.", '"hmac-sha256-128."'],
    ["GSS-TSIG", "gss-tsig.", '"gss-tsig."'],
    ["an algorithm with two final dots", "hmac-sha256..", '"hmac-sha256.."'],
    ["an algorithm with a space", "hmac-sha256 ", '"hmac-sha256 "'],
    ["an empty algorithm", "", '""'],
    ["an algorithm that is a number", 512, "512"],
    ["an algorithm that is null", null, "null"],
  ]);

  refusesValues({ check, beside, property: "adopt", allowed: FLAG }, [
    ["adopt as a string", "yes", '"yes"'],
    ["adopt as a number", 1, "1"],
    ["adopt as null", null, "null"],
  ]);

  refuses(check, [
    [
      "no inputs at all",
      {},
      ["accountId", `accountId is missing; required: ${ACCOUNT_ID}`],
      ["name", `name is missing; required: ${DOMAIN_NAME}`],
    ],
    [
      "the API's name of the account",
      { name: "cf.example.com.", account_id: ID },
      ["accountId", `accountId is missing; required: ${ACCOUNT_ID}`],
      ["", `account_id is not an input; allowed: ${KNOWN}`],
    ],
    [
      "the algorithm under another tool's name",
      { ...beside, algorithm: "hmac-sha256." },
      ["", `algorithm is not an input; allowed: ${KNOWN}`],
    ],
    [
      "everything that is wrong at once, the secret by name alone",
      { accountId: "x", name: "", algo: "md4", secret: "short", adopt: 0, profile: "-", Adopt: true },
      ["accountId", `accountId is "x"; allowed: ${ACCOUNT_ID}`],
      ["name", `name is ""; allowed: ${DOMAIN_NAME} (a label is empty)`],
      ["algo", `algo is "md4"; allowed: ${ALGO}`],
      [
        "",
        "secret is not acceptable (its value is secret, so not shown); allowed: base64 (RFC 4648) of 16 to 256 bytes on one line, or nothing to have it generated (its padding is missing or wrong)",
      ],
      ["adopt", "adopt is 0; allowed: true or false"],
      ["profile", `profile is "-"; allowed: ${PROFILE}`],
      ["", `Adopt is not an input; did you mean adopt? allowed: ${KNOWN}`],
    ],
  ]);
});
