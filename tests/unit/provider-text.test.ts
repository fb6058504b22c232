import {
  HostupDnssecAuto,
  HostupDsRecord,
  HostupDsSet,
  IncomingTransfer,
  PrimaryDs,
  TransferAcl,
  TransferPeer,
  Tsig,
  ZoneDnssec,
} from "../../index";
import * as runtime from "../../provider/runtime";
import { type Registered, registered } from "../support/program";

const handlers = { ...runtime };
const ID = "0123456789abcdef0123456789abcdef";

/** State files and other releases hold these texts: they never change. */
const GOLDEN = [
  {
    type: "pulumi-nodejs:dynamic/secondary-dns:ZoneDnssec",
    text: 'exports.handler=()=>require("pulumi-secondary-dns/runtime").zoneDnssec',
    handler: "zoneDnssec",
    make: () => new ZoneDnssec("it", { zoneId: ID }),
  },
  {
    type: "pulumi-nodejs:dynamic/secondary-dns:Tsig",
    text: 'exports.handler=()=>require("pulumi-secondary-dns/runtime").tsig',
    handler: "tsig",
    make: () => new Tsig("it", { accountId: ID, name: "cf.example.com." }),
  },
  {
    type: "pulumi-nodejs:dynamic/secondary-dns:HostupDnssecAuto",
    text: 'exports.handler=()=>require("pulumi-secondary-dns/runtime").hostupDnssecAuto',
    handler: "hostupDnssecAuto",
    make: () => new HostupDnssecAuto("it", { domainName: "example.se" }),
  },
  {
    type: "pulumi-nodejs:dynamic/secondary-dns:TransferAcl",
    text: 'exports.handler=()=>require("pulumi-secondary-dns/runtime").transferAcl',
    handler: "transferAcl",
    make: () => new TransferAcl("it", { accountId: ID, name: "notifiers", ipRange: "192.0.2.53/32" }),
  },
  {
    type: "pulumi-nodejs:dynamic/secondary-dns:TransferPeer",
    text: 'exports.handler=()=>require("pulumi-secondary-dns/runtime").transferPeer',
    handler: "transferPeer",
    make: () => new TransferPeer("it", { accountId: ID, name: "ns0.example.com" }),
  },
  {
    type: "pulumi-nodejs:dynamic/secondary-dns:IncomingTransfer",
    text: 'exports.handler=()=>require("pulumi-secondary-dns/runtime").incomingTransfer',
    handler: "incomingTransfer",
    make: () => new IncomingTransfer("it", { zoneId: ID, name: "example.com", peers: [ID] }),
  },
  {
    type: "pulumi-nodejs:dynamic/secondary-dns:PrimaryDs",
    text: 'exports.handler=()=>require("pulumi-secondary-dns/runtime").primaryDs',
    handler: "primaryDs",
    make: () => new PrimaryDs("it", { accountId: ID, zoneName: "example.com", peers: [ID] }),
  },
  {
    type: "pulumi-nodejs:dynamic/secondary-dns:HostupDsRecord",
    text: 'exports.handler=()=>require("pulumi-secondary-dns/runtime").hostupDsRecord',
    handler: "hostupDsRecord",
    make: () =>
      new HostupDsRecord("it", {
        domainName: "example.se",
        keyTag: 2371,
        algorithm: 13,
        digestType: 2,
        digest: "5A".repeat(32),
      }),
  },
  {
    type: "pulumi-nodejs:dynamic/secondary-dns:HostupDsSet",
    text: 'exports.handler=()=>require("pulumi-secondary-dns/runtime").hostupDsSet',
    handler: "hostupDsSet",
    make: () => new HostupDsSet("it", { domainName: "example.se", ds: "" }),
  },
] as const;

describe.each(GOLDEN)("$type", ({ type, text, handler, make }) => {
  let it: Registered;

  beforeAll(async () => {
    const [first, ...others] = (await registered(make)).filter(({ name }) => name === "it");
    if (first === undefined || others.length > 0) throw new Error("one resource was expected");
    it = first;
  });

  test("is registered under its type token", () => {
    expect(it.type).toBe(type);
  });

  test("carries exactly its provider text", () => {
    expect(it.inputs.__provider).toBe(text);
  });

  test("carries a text of at most 128 bytes", () => {
    expect(Buffer.byteLength(String(it.inputs.__provider))).toBeLessThanOrEqual(128);
  });

  test("carries a text that gives the engine the runtime's handler", () => {
    const exported: { handler?: () => unknown } = {};
    const load = (name: string) => {
      expect(name).toBe("pulumi-secondary-dns/runtime");
      return runtime;
    };
    new Function("exports", "require", text)(exported, load);
    expect(exported.handler?.()).toBe(handlers[handler]);
  });
});

test("the runtime exports these handlers and nothing else", () => {
  expect(Object.keys(runtime).sort()).toEqual(GOLDEN.map(({ handler }) => handler).sort());
});
