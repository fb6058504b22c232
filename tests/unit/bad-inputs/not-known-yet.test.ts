import { UNKNOWN } from "../../../provider/engine/unknown";
import { hostupDnssecAuto, hostupDsRecord, hostupDsSet, tsig, zoneDnssec } from "../../../provider/runtime";
import type { Bag } from "../../support/handlers";
import { type Check, checkOf, ID, SECRET } from "../../support/input-tables";

const checkZoneDnssec = checkOf(zoneDnssec);
const checkHostupDnssecAuto = checkOf(hostupDnssecAuto);
const checkHostupDsRecord = checkOf(hostupDsRecord);
const checkHostupDsSet = checkOf(hostupDsSet);

const resources: readonly (readonly [name: string, check: Check, good: Bag])[] = [
  [
    "ZoneDnssec",
    checkZoneDnssec,
    {
      zoneId: ID,
      status: "active",
      dnssecPresigned: false,
      dnssecUseNsec3: true,
      dnssecMultiSigner: false,
      onDelete: "restore",
      profile: "eu",
    },
  ],
  [
    "Tsig",
    checkOf(tsig),
    {
      accountId: ID,
      name: "cf.example.com.",
      algo: "hmac-sha256.",
      secret: SECRET,
      adopt: true,
      profile: "eu",
    },
  ],
  [
    "HostupDnssecAuto",
    checkHostupDnssecAuto,
    {
      domainName: "example.se",
      action: "include",
      waitForActive: 30,
      onDelete: "retain",
      profile: "eu",
    },
  ],
  [
    "HostupDsRecord",
    checkHostupDsRecord,
    {
      domainName: "example.se",
      keyTag: 2371,
      algorithm: 13,
      digestType: 2,
      digest: "5A".repeat(32),
      adopt: true,
      profile: "eu",
    },
  ],
  [
    "HostupDsSet",
    checkHostupDsSet,
    {
      domainName: "example.se",
      ds: `example.se. IN DS 2371 13 2 ${"5A".repeat(32)}`,
      waitForRemoval: 0,
      profile: "eu",
    },
  ],
];

describe("a value that a preview does not know yet", () => {
  const fields = resources.flatMap(([name, check, good]) =>
    Object.keys(good).map((field) => [name, field, check, good] as const),
  );

  test.each(fields)("is tolerated and kept in %s.%s", async (_name, field, check, good) => {
    const inputs = { ...good, [field]: UNKNOWN };
    expect(await check(inputs)).toStrictEqual({ inputs, failures: [] });
  });

  test("is tolerated as HostupDnssecAuto.domainId", async () => {
    const { failures } = await checkHostupDnssecAuto({ domainId: UNKNOWN });
    expect(failures).toStrictEqual([]);
  });

  test.each(resources)("is tolerated in every field of %s at once", async (_name, check, good) => {
    const inputs = Object.fromEntries(Object.keys(good).map((field) => [field, UNKNOWN]));
    expect(await check(inputs)).toStrictEqual({ inputs, failures: [] });
  });

  test.each<readonly [rule: string, check: Check, inputs: Bag]>([
    [
      "presigned and multi-signer",
      checkZoneDnssec,
      { zoneId: ID, dnssecPresigned: true, dnssecMultiSigner: UNKNOWN },
    ],
    ["presigned and status", checkZoneDnssec, { zoneId: ID, dnssecPresigned: UNKNOWN, status: "disabled" }],
    ["id and name", checkHostupDnssecAuto, { domainId: "dom_a", domainName: UNKNOWN }],
    [
      "action and wait",
      checkHostupDnssecAuto,
      { domainName: "example.se", action: "exclude", waitForActive: UNKNOWN },
    ],
    [
      "the domain and whose records they are",
      checkHostupDsSet,
      { domainName: UNKNOWN, ds: `example.net. IN DS 2371 13 2 ${"5A".repeat(32)}`, waitForRemoval: 0 },
    ],
    [
      "digest and its type",
      checkHostupDsRecord,
      { domainName: "example.se", keyTag: 1, algorithm: 13, digestType: UNKNOWN, digest: "5A".repeat(48) },
    ],
  ])("puts off the rule over %s", async (_rule, check, inputs) => {
    const { failures } = await check(inputs);
    expect(failures).toStrictEqual([]);
  });

  test("hides nothing that is wrong beside it", async () => {
    const { failures } = await checkZoneDnssec({
      zoneId: UNKNOWN,
      status: "on",
      dnssecPresigned: true,
      dnssecMultiSigner: true,
    });
    expect(failures).toMatchObject([{ property: "status" }, { property: "" }]);
  });

  test("counts as unknown when a part of a list or object is", async () => {
    const inputs = { zoneId: ID, dnssecPresigned: [UNKNOWN], profile: { name: { part: UNKNOWN } } };
    expect(await checkZoneDnssec(inputs)).toMatchObject({ inputs, failures: [] });
  });

  test("is not the sentinel with something around it", async () => {
    const { failures } = await checkZoneDnssec({ zoneId: `${UNKNOWN}x` });
    expect(failures).toMatchObject([{ property: "zoneId" }]);
  });
});
