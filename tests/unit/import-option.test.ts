import * as pulumi from "@pulumi/pulumi";
import {
  HostupDnssecAuto,
  HostupDsRecord,
  HostupDsSet,
  IncomingTransfer,
  SecondaryZone,
  TransferAcl,
  TransferPeer,
  Tsig,
  ZoneDnssec,
} from "../../index";
import { ids, useMocks, zoneArgs } from "../support/mocked-program";

const registered = useMocks();

const { accountId, zoneId } = ids;
const DS = { keyTag: 2371, algorithm: 13, digestType: 2, digest: "5A".repeat(32) };
const ADOPT = "Next: remove the option and set adopt to true, which takes over the object that exists.";
const ALWAYS = "Next: remove the option: without it what exists is taken over.";

type Make = (options: pulumi.CustomResourceOptions) => pulumi.CustomResource;
const rows: readonly [kind: string, next: string, make: Make][] = [
  ["Tsig", ADOPT, (options) => new Tsig("it", { accountId, name: "cf.example." }, options)],
  ["TransferPeer", ADOPT, (options) => new TransferPeer("it", { accountId, name: "ns0" }, options)],
  [
    "TransferAcl",
    ADOPT,
    (options) => new TransferAcl("it", { accountId, name: "nat", ipRange: "192.0.2.0/29" }, options),
  ],
  [
    "HostupDsRecord",
    ADOPT,
    (options) => new HostupDsRecord("it", { domainName: "example.se", ...DS }, options),
  ],
  ["HostupDsSet", ALWAYS, (options) => new HostupDsSet("it", { domainName: "example.se", ds: "" }, options)],
  ["ZoneDnssec", ALWAYS, (options) => new ZoneDnssec("it", { zoneId }, options)],
  [
    "IncomingTransfer",
    ALWAYS,
    (options) => new IncomingTransfer("it", { zoneId, name: "example.se", peers: [] }, options),
  ],
  [
    "HostupDnssecAuto",
    ALWAYS,
    (options) => new HostupDnssecAuto("it", { domainName: "example.se" }, options),
  ],
];

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("should have failed");
}

test.each(rows)("%s with the option import is refused without a stack trace", (kind, next, make) => {
  const error = thrownBy(() => make({ import: "the-id" }));
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect(error).toHaveProperty(
    "message",
    `${kind} "it" has the option import, which does not work for dynamic providers.\n${next}`,
  );
});

test("so is one of a zone's resources that is given it by transform", () => {
  const transform = { dnssec: () => ({ options: { import: "the-id" } }) };
  const args = { ...zoneArgs, tsig: { name: "cf.example." }, transform };
  expect(() => new SecondaryZone("zone", args)).toThrow('ZoneDnssec "zone-dnssec" has the option import');
});

test("one that is left empty is none", async () => {
  const { urn } = new ZoneDnssec("it", { zoneId }, { import: "" });
  await new Promise((resolve) => urn.apply(resolve));
  expect(registered.map(({ name }) => name)).toEqual(["it"]);
});
