import { SecondaryZone, type SecondaryZoneArgs } from "../../index";
import { useMocks, value, zoneArgs } from "../support/mocked-program";

const args: SecondaryZoneArgs = { ...zoneArgs, tsig: { name: "cf.example.com." } };

describe("what a SecondaryZone says of the DS at the parent", () => {
  useMocks({ preview: true });

  test("is nothing, rather than unknown, where the state of an earlier release does not have it", async () => {
    const zone = new SecondaryZone("zone", args);
    expect(await value(zone.dsAtParent)).toBeUndefined();
  });
});
