import { hostupDsSet } from "../../../provider/runtime";
import { checkOf, PROFILE, refuses, refusesValues } from "../../support/input-tables";

const check = checkOf(hostupDsSet);
const digest = "5A".repeat(32);
const beside = { domainName: "example.se", ds: `example.se. IN DS 2371 13 2 ${digest}` };

const DS =
  "DS records as zone files have them, one a line and all of one name, with digest type 2 (SHA-256) or 4 (SHA-384), such as the output ds of a SecondaryZone; or an empty text";
const SECONDS = "whole seconds from 0 to 604800 (a week)";
const reasonFor = (ds: string, problem: string) => ({
  ds,
  reason: `ds is ${JSON.stringify(ds)}; allowed: ${DS} (${problem})`,
});

describe("HostupDsSet refuses", () => {
  refusesValues({ check, beside, property: "ds", allowed: DS }, [
    ["records as a list", [], "[]"],
    ["a key tag alone", 2371, "2371"],
    ["records that are null", null, "null"],
  ]);

  test.each([
    [
      "what is no DS",
      reasonFor("example.se. IN A 192.0.2.1", '"example.se. IN A 192.0.2.1" is not a DS record.'),
    ],
    ["SHA-1", reasonFor("a. DS 1 13 1 5A", "1 13 1 5A is none of these")],
    ["a digest that is cut off", reasonFor("a. DS 1 13 2 5A", "1 13 2 5A is none of these")],
    ["the record that asks for none", reasonFor("a. DS 0 0 0 00", "0 0 0 00 is none of these")],
  ])("%s", async (_what, { ds, reason }) => {
    const { failures } = await check({ ...beside, ds });
    expect(failures).toEqual([{ property: "ds", reason }]);
  });

  test("the records of two names at once", async () => {
    const ds = `${beside.ds}\nexample.net. IN DS 2371 13 2 ${digest}`;
    const { failures } = await check({ ...beside, ds });
    expect(failures?.[0]?.reason).toContain("(they are of several names: example.se, example.net)");
  });

  test("the records of another name than the domain's", async () => {
    const { failures } = await check({ ...beside, domainName: "example.net" });
    expect(failures).toEqual([
      {
        property: "",
        reason:
          "ds has the records of example.se while the domain is example.net; allowed: those of the domain itself",
      },
    ]);
  });

  refusesValues({ check, beside, property: "waitForRemoval", allowed: SECONDS }, [
    ["less than no time", -1, "-1"],
    ["more than a week", 604_801, "604801"],
    ["half a second", 0.5, "0.5"],
    ["no wait as false", false, "false"],
  ]);

  refusesValues({ check, beside, property: "profile", allowed: PROFILE }, [
    ["a profile in capitals", "EU", '"EU"'],
  ]);

  refuses(check, [
    [
      "no domain at all",
      { ds: beside.ds },
      ["", "domainId and domainName are both missing; allowed: one of them"],
    ],
  ]);
});
