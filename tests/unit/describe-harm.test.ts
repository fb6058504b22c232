import type { Harm } from "../../provider/chain/decide/decision";
import { describeCaution, describeHarms } from "../../provider/chain/decide/describe";
import { ds, HOUR, heldUntil, ns1, refusesKey, signedBy, UNSIGNED, ZONE } from "../support/chain-views";

const step = { zoneName: ZONE, stays: `DNSSEC of ${ZONE} stays as it is` };
const told = (harm: Harm) => describeHarms(step, [harm]);
const NSEC3 = { kind: "nsec3", iterations: 0, saltLength: 0 } as const;
const until = Date.parse("2026-01-02T03:04:05.000Z");
const present: Harm = { kind: "ds", ds: [ds("a")], ttl: HOUR, keyTtl: HOUR, heldUntil: undefined };

test("a refusal says first what stays; how to override it is the guard's to say, to who has not", () => {
  const lines = told(present).split("\n");
  expect(lines[0]).toBe(`${step.stays}: the change would take the zone off the air.`);
  expect(lines.join("\n")).not.toContain("SECONDARY_DNS_FORCE");
});

test("a DS is shown as a zone file has it, with the order that is safe and how long it takes", () => {
  const { keyTag, digest } = ds("a");
  expect(told(present)).toContain(`    ${ZONE}. 3600 IN DS ${keyTag} 13 2 ${digest}\nNext, in this order:`);
  expect(told(present)).toContain("3. wait 2 h (the DS TTL plus the DNSKEY TTL), then");
});

test.each<[what: string, harm: Harm, texts: readonly string[]]>([
  [
    "no keys",
    { kind: "unsigned", primary: ns1, view: UNSIGNED },
    ["The primary ns1 (192.0.2.53 port 53)", "(no DNSKEY)", "Next: sign the zone there"],
  ],
  [
    "keys and no signature",
    { kind: "unsigned", primary: ns1, view: { ...signedBy("a"), signers: [] } },
    ["a signature over its keys"],
  ],
  [
    "keys that sign themselves alone",
    { kind: "unsigned", primary: ns1, view: { ...signedBy("a"), isSigned: false } },
    ["a signature over its SOA"],
  ],
  [
    "signatures that have ended",
    { kind: "unsigned", primary: ns1, view: { ...signedBy("a"), signers: [], ended: 1_700_000_000 } },
    ["with signatures that expired at 2023-11-14T22:13:20.000Z"],
  ],
  [
    "signatures that have not begun",
    { kind: "unsigned", primary: ns1, view: { ...signedBy("a"), signers: [], begins: 4_000_000_000 } },
    ["valid from 2096-10-02T07:06:40.000Z only", "clock"],
  ],
  [
    "responses alone that are signed",
    { kind: "transfer unsigned", primary: ns1 },
    ["its zone transfer (AXFR) has no signatures", "Next: sign the zone itself there"],
  ],
  [
    "names denied without signatures",
    { kind: "denial unsigned", primary: ns1 },
    ["no valid signature over the NSEC or NSEC3 records", "Next: sign the whole zone anew there"],
  ],
  [
    "NSEC3 for NSEC",
    { kind: "other denial", primary: ns1, denial: NSEC3, wanted: "nsec" },
    ["NSEC3 (0 iterations, no salt), and the program says NSEC:", "dnssec.nsec3: true"],
  ],
  [
    "NSEC for NSEC3",
    { kind: "other denial", primary: ns1, denial: { kind: "nsec" }, wanted: "nsec3" },
    ["with NSEC, and the program says NSEC3:", "dnssec.nsec3: false", "once the whole chain is built"],
  ],
  [
    "a DS on its way",
    { kind: "ds on its way", ds: [ds("a")] },
    [`    ${ZONE}. IN DS ${ds("a").keyTag} 13 2`, `Next: wait until the parent shows them (dig ${ZONE} DS)`],
  ],
  [
    "a registrar that does not say",
    { kind: "registrar unknown", why: "HTTP 500" },
    ["does not show yet: HTTP 500", "Next: make sure that HostUp can be reached"],
  ],
  [
    "nobody to ask for signatures",
    { kind: "signatures not seen", failures: [], unseen: [] },
    ["Next: give the zone its primaries first"],
  ],
  [
    "a DS that has gone",
    { kind: "ds", ...heldUntil("a", until), heldUntil: until },
    ["no longer has this DS", "Next: run the command again after 2026-01-02T03:04:05.000Z."],
  ],
  [
    "other keys",
    { kind: "other keys", primary: ns1, isSecure: true },
    ["publish the DNSKEYs of both servers at both of them"],
  ],
  [
    "other keys, without a DS",
    { kind: "other keys", primary: ns1, isSecure: false },
    ["The parent shows no DS now"],
  ],
  [
    "a delegation that has gone",
    { kind: "delegation held", harm: present, delegation: ["ns1.elsewhere.test."], until },
    [
      "no longer delegated to Cloudflare (but to ns1.elsewhere.test)",
      "Next: run the command again after 2026-01-02T03:04:05.000Z.",
    ],
  ],
  [
    "a parent that cannot be queried",
    { kind: "parent unknown", why: "nobody answers" },
    ["nobody answers", "SECONDARY_DNS_RESOLVER"],
  ],
  [
    "an older serial",
    { kind: "older serial", primary: ns1, serial: 6, served: 7 },
    ["with serial 6, older than 7", "Next: raise the serial there above 7"],
  ],
  [
    "an older serial than the highest",
    { kind: "older serial", primary: ns1, serial: 4_294_967_290, served: 4_294_967_295 },
    ["Next: raise the serial there to 1, which comes after 4294967295, then"],
  ],
])("%s: said with what to do", (_what, harm, texts) => {
  for (const text of texts) expect(told(harm)).toContain(text);
});

test("a harm that is only told is told in one line, with nothing to do", () => {
  const line = describeCaution(ZONE, {
    kind: "not delegated",
    harm: present,
    delegation: ["ns1.elsewhere.test."],
  });
  expect(line).toContain("is not delegated to Cloudflare yet (but to ns1.elsewhere.test)");
  expect(line).toContain(`IN DS ${ds("a").keyTag}`);
  expect(line).not.toMatch(/\n|Next/);
});

test("signatures that end soon are told in one line, with when and what to do", () => {
  const caution = { kind: "signatures end soon", primary: ns1, expires: until / 1_000 } as const;
  expect(describeCaution(ZONE, { ...caution, refreshSeconds: 7_200 })).toMatch(
    /^The primary ns1 .* signs example\.com until 2026-01-02T03:04:05\.000Z, .* for 7200 s: .* lower autoRefreshSeconds\.$/,
  );
});

test("why a delegation elsewhere does not count is told in one line", () => {
  const line = describeCaution(ZONE, {
    kind: "delegation by resolver",
    delegation: ["ns1.elsewhere.test."],
  });
  expect(line).toMatch(/^A resolver says that example\.com is delegated to ns1\.elsewhere\.test, .*$/);
});

test("who could not be asked is told in one line", () => {
  if (refusesKey.view.ok) throw new Error("it fails");
  const why = refusesKey.view.failure;
  expect(describeCaution(ZONE, { kind: "primary not asked", why })).toMatch(
    /^Not checked for example\.com: .*$/,
  );
  expect(describeCaution(ZONE, { kind: "parent not asked", why: "nobody answers" })).toContain(
    "(nobody answers)",
  );
  expect(describeCaution(ZONE, { kind: "parent by resolver" })).toContain("cannot be queried from here");
});
