import * as pulumi from "@pulumi/pulumi";
import { SecondaryZone, type SecondaryZoneArgs } from "../../index";
import { childrenOf, useMocks, value, wholeInputsOf, zoneArgs } from "../support/mocked-program";

const registered = useMocks();
const digest = "5A".repeat(32);
const hostup = { domainName: "example.com", dnssec: "ds-records" } as const;
const args: SecondaryZoneArgs = {
  ...zoneArgs,
  tsig: { name: "cf.example.com." },
  registrar: { hostup },
};
const primaries = [{ address: "192.0.2.53" }];

/** Everything registered, also what no output of the zone waits for. */
const allOf = async (given: SecondaryZoneArgs) => {
  await childrenOf(new SecondaryZone("zone", given), registered);
  await pulumi.runtime.disconnect();
  return registered;
};
const registrarOf = async (given: SecondaryZoneArgs) => {
  const children = await allOf(given);
  return children.filter(({ type }) => type.startsWith("Hostup"));
};
const AUTOMATION = {
  type: "HostupDnssecAuto",
  name: "zone-registrar",
  inputs: { domainName: "example.com", action: "exclude" },
};
const setOf = (ds: string, more: object = {}) => ({
  type: "HostupDsSet",
  name: "zone-registrar-ds",
  inputs: { domainName: "example.com", ds, waitForRemoval: 600, ...more },
});

describe("a registrar with ds-records", () => {
  test("keeps HostUp's automation out, and then publishes the DS of the primary's keys", async () => {
    expect(await registrarOf({ ...args, primaries })).toEqual([AUTOMATION, setOf("DS of zone-ds")]);
  });

  test("publishes Cloudflare's own for a zone that Cloudflare signs", async () => {
    expect(await registrarOf({ ...args, dnssec: { signing: "live" } })).toEqual([
      AUTOMATION,
      setOf("DS of zone-dnssec"),
    ]);
  });

  test("publishes both signers' for a zone that both sign", async () => {
    const both = await registrarOf({ ...args, primaries, dnssec: { signing: "multi-signer" } });
    expect(both.map(({ inputs }) => inputs.ds)).toContain("DS of zone-ds\nDS of zone-dnssec");
  });

  test.each([
    ["left out", {}],
    ["none", { primaries: [] }],
  ])("has nothing to publish while primaries are %s", async (_what, more) => {
    expect(await registrarOf({ ...args, ...more })).toEqual([AUTOMATION]);
  });

  test("of a zone that is to be off withdraws the DS before its signing ends", async () => {
    const children = await allOf({ ...args, primaries, dnssec: { signing: "off" } });
    const order = children.map(({ type }) => type);
    expect(children).toContainEqual(setOf(""));
    expect(order.indexOf("HostupDsSet")).toBeLessThan(order.indexOf("ZoneDnssec"));
    const sets = children.filter(({ type }) => type === "HostupDsSet").map(wholeInputsOf);
    expect(sets).toMatchObject([{ __zone: { isSigningGuarded: true } }]);
  });

  test("tells the zone's DNSSEC where its DS are published, as the program has the last word on it", async () => {
    const toldOf = async (given: SecondaryZoneArgs) => {
      const dnssec = (await allOf(given)).findLast(({ type }) => type === "ZoneDnssec");
      return dnssec && wholeInputsOf(dnssec).__zone;
    };
    const [byName, nowhere] = [{ domainName: "example.com" }, { registrar: undefined }];
    expect(await toldOf({ ...args, primaries })).toMatchObject({ registrar: byName });
    const transform = { registrarDs: () => ({ args: { profile: "eu" } }) };
    expect(await toldOf({ ...args, primaries, transform })).toMatchObject({
      registrar: { ...byName, profile: "eu" },
    });
    for (const dnssec of ["automatic", "excluded"] as const)
      expect(await toldOf({ ...args, registrar: { hostup: { ...hostup, dnssec } } })).not.toHaveProperty(
        "registrar.domainName",
      );
    expect(await toldOf({ ...args, ...nowhere })).not.toHaveProperty("registrar.domainName");
  });

  test("waits for a removal as long as it is told", async () => {
    const told = await registrarOf({
      ...args,
      primaries,
      registrar: { hostup: { ...hostup, waitForRemoval: 0 } },
    });
    expect(told).toContainEqual(setOf("DS of zone-ds", { waitForRemoval: 0 }));
  });

  test("leaves the last word to the program, and calls arguments as the program does", async () => {
    const given: SecondaryZoneArgs = {
      ...args,
      primaries,
      transform: { registrarDs: () => ({ args: { profile: "eu", ds: digest } }) },
    };
    const [, set] = await registrarOf(given);
    expect(set?.inputs).toEqual({
      domainName: "example.com",
      ds: digest,
      waitForRemoval: 600,
      profile: "eu",
    });
    expect(set && wholeInputsOf(set).__paths).toEqual({
      domainId: "registrar.hostup.domainId",
      domainName: "registrar.hostup.domainName",
      waitForRemoval: "registrar.hostup.waitForRemoval",
    });
  });

  test.each(["automatic", "excluded"] as const)(
    "is another choice than %s, which publishes nothing",
    async (dnssec) => {
      const children = await registrarOf({
        ...args,
        primaries,
        registrar: { hostup: { domainName: "example.com", dnssec } },
      });
      expect(children.map(({ type }) => type)).toEqual(["HostupDnssecAuto"]);
    },
  );

  test("gives the zone's ds as without it", async () => {
    const zone = new SecondaryZone("zone", { ...args, primaries });
    expect(await value(zone.ds)).toBe("DS of zone-ds");
    expect(await value(new SecondaryZone("other", args).ds)).toBeUndefined();
  });
});
