import * as fc from "fast-check";
import { parseZone, type RawZone } from "../../servers/parse-zone";
import type { PrimaryZone } from "../../servers/primary-zone";

/** What has ended a string, a statement or a line somewhere, and what begins something there. */
const FRAGMENTS = [
  ..."\"'`$;#{}()<>|&\\/*?!~%@=,: \t\n\r\0-",
  "//",
  "/*",
  "$(id)",
  "$IFS",
  '"; };\ninclude "/etc/passwd"; //',
  "'; touch CANARY #",
  "\n    include: x",
  "\nkey:\n  - id: x",
  "NOKEY",
  "BLOCKED",
  "any",
  "none",
  "default",
  "..",
  "\u0000",
  "\u2028",
  "\u212a",
  "å",
];

const letters = fc.string({
  unit: fc.constantFrom(..."abcxyzABC019_-"),
  minLength: 1,
  maxLength: 70,
});
const label = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z0-9_]{1,8}$/) },
  { weight: 2, arbitrary: letters },
  { weight: 1, arbitrary: fc.constantFrom(...FRAGMENTS) },
);
const name = fc
  .array(label, { minLength: 1, maxLength: 5 })
  .chain((labels) => fc.constantFrom(labels.join("."), `${labels.join(".")}.`));
const base64 = fc
  .uint8Array({ minLength: 1, maxLength: 1100 })
  .map((octets) => Buffer.from(octets).toString("base64"));
const address = fc
  .tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.option(fc.nat(140)))
  .map(([host, length]) => (length === null ? host : `${host}/${length}`));
const algorithm = fc.constantFrom(
  "hmac-sha512.",
  "HMAC-SHA256",
  "hmac-sha1.",
  "hmac-md5.sig-alg.reg.int.",
  "hmac-sha512-256.",
);

/** Right ones for a place, right ones with something in them, and anything. */
const near = (right: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 4, arbitrary: right },
    {
      weight: 2,
      arbitrary: fc
        .tuple(right, fc.constantFrom(...FRAGMENTS), fc.nat(40))
        .map(([text, fragment, at]) => text.slice(0, at) + fragment + text.slice(at)),
    },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 300 }) },
  );

const secret = Buffer.alloc(32, 1).toString("base64");

/** Each place that a text can have in a zone, with all others as they should be; `index` tells zones apart. */
const PLACES: readonly [right: fc.Arbitrary<string>, put: (text: string, index: number) => RawZone][] = [
  [name, (text, index) => ({ ...usual(index), zoneName: text })],
  [name, (text, index) => withKey(index, { name: text })],
  [algorithm, (text, index) => withKey(index, { algo: text })],
  [base64, (text, index) => withKey(index, { secret: text })],
  [address, (text, index) => withAddresses(index, { transferFrom: [text] })],
  [
    fc.oneof(fc.ipV4(), fc.ipV6()),
    (text, index) => withAddresses(index, { notify: [{ address: text, port: 53 }] }),
  ],
];

const place = fc.oneof(...PLACES.map(([right, put]) => near(right).map((text) => ({ text, put }))));

function usual(index: number): RawZone {
  return {
    zoneName: `zone-${index}.example`,
    keys: [{ name: `key-${index}.example.`, algo: "hmac-sha512.", secret }],
    signing: index % 2 === 0 ? { by: "primary", denial: "nsec3" } : { by: "nobody" },
    cloudflareAddresses: { transferFrom: ["192.0.2.1"], notify: [{ address: "192.0.2.2", port: 53 }] },
    autoRefreshSeconds: 86_400,
  };
}

function withKey(index: number, change: object): RawZone {
  const zone = usual(index);
  return { ...zone, keys: zone.keys.map((key) => ({ ...key, ...change })) };
}

function withAddresses(index: number, change: object): RawZone {
  const zone = usual(index);
  return { ...zone, cloudflareAddresses: { ...Object(zone.cloudflareAddresses), ...change } };
}

/** The zones that come through of so many strings, each in a place where nothing has checked it yet; no zone or key twice. */
export function zonesOfStrings(strings: number, seed: number): readonly PrimaryZone[] {
  const zones = new Map<string, PrimaryZone>();
  const keys = new Set<string>();
  for (const [index, { text, put }] of fc.sample(place, { numRuns: strings, seed }).entries()) {
    const parsed = parseZone(put(text, index));
    if ("problems" in parsed) continue;
    const {
      name,
      keys: [key],
    } = parsed.value;
    if (zones.has(name) || keys.has(key.name)) continue;
    keys.add(key.name);
    zones.set(name, parsed.value);
  }
  return [...zones.values()];
}
