import {
  type HostupChoice,
  SecondaryZone,
  type SecondaryZoneArgs,
  TransferPeer,
  Tsig,
  type TsigArgs,
} from "../../index";
import { freshRuntime } from "../support/engine-runs";
import { handlerOf } from "../support/handlers";
import { childrenOf, ids, useMocks, zoneArgs } from "../support/mocked-program";

const registered = useMocks();
const { accountId } = ids;
const right: SecondaryZoneArgs = { ...zoneArgs, tsig: { name: "cf.example.com." } };
const existing = () => new Tsig("shared", { accountId, name: "shared.example." });
const peer = () => new TransferPeer("ns0", { accountId, name: "ns0" });

/** Each is refused by the compiler, or its `@ts-expect-error` would be an error, and of a JavaScript program by the class. */
const WRONG: readonly [what: string, args: () => SecondaryZoneArgs, refusal: RegExp][] = [
  [
    "a key that is its own and one that exists",
    // @ts-expect-error: name and existing
    () => ({ ...right, tsig: { name: "cf.example.com.", existing: existing() } }),
    /tsig\.name/,
  ],
  [
    "one key and several",
    // @ts-expect-error: name and keys
    () => ({ ...right, tsig: { name: "a.", keys: [{ name: "a." }], active: "a." } }),
    /tsig\.name/,
  ],
  [
    "an address and a peer",
    // @ts-expect-error: address and existing
    () => ({ ...right, primaries: [{ address: "192.0.2.53", existing: peer() }] }),
    /primaries\[0\]/,
  ],
];

test.each(WRONG)("%s are refused by the types and at preview", (_what, args, refusal) => {
  expect(() => new SecondaryZone("zone", args())).toThrow(refusal);
});

/** Which the child's check refuses. */
const WRONG_DOMAINS: readonly [what: string, hostup: () => HostupChoice, refusal: string][] = [
  [
    "a domain by name and by id",
    // @ts-expect-error: domainName and domainId
    () => ({ domainName: "example.se", domainId: "dom_01hxa3b4c5d6e7f8g9h0j1k2m3", dnssec: "excluded" }),
    "both given",
  ],
  [
    "no domain",
    // @ts-expect-error: neither domainName nor domainId
    () => ({ dnssec: "excluded" }),
    "both missing",
  ],
];

test.each(WRONG_DOMAINS)("%s is refused by the types and at preview", async (_what, hostup, refusal) => {
  await childrenOf(new SecondaryZone("zone", { ...right, registrar: { hostup: hostup() } }), registered);
  const inputs = registered.find(({ type }) => type === "HostupDnssecAuto")?.inputs ?? {};
  const { failures = [] } = await handlerOf(freshRuntime().hostupDnssecAuto).check({}, inputs);
  expect(failures.map(({ reason }) => reason).join()).toContain(refusal);
});

test("what configuration leaves empty may be given as it is, and is as if it were left out", async () => {
  const nothing = undefined;
  const tsig: TsigArgs = {
    accountId,
    name: "cf.example.com.",
    algo: nothing,
    secret: nothing,
    adopt: nothing,
  };
  const zone = new SecondaryZone("zone", {
    ...right,
    tsig: { name: tsig.name, algo: tsig.algo, secret: tsig.secret },
    primaries: nothing,
    dnssec: { signing: "presigned", nsec3: nothing, ds: nothing },
    registrar: nothing,
    transform: { tsig: nothing },
    profile: nothing,
  });
  expect((await childrenOf(zone, registered)).find(({ type }) => type === "Tsig")?.inputs).toEqual({
    accountId,
    name: "cf.example.com.",
  });
});
