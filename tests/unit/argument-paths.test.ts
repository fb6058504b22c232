import { SecondaryZone, type SecondaryZoneArgs } from "../../index";
import * as runtime from "../../provider/runtime";
import { handlerOf } from "../support/handlers";
import { childrenOf, useMocks, wholeInputsOf, zoneArgs } from "../support/mocked-program";

const registered = useMocks();

const LONG = `${"a".repeat(64)}.se`;
const tsig = { name: "cf.example.com." };

/** What the children's other halves refuse of a component's arguments. */
async function refusals(args: Partial<SecondaryZoneArgs>): Promise<{ property: string; reason: string }[]> {
  const zone = new SecondaryZone("zone", { ...zoneArgs, tsig, ...args });
  const handlers = new Map(
    Object.entries(runtime).map(([name, provider]) => [name.toLowerCase(), handlerOf(provider)]),
  );
  const refused = [];
  for (const child of await childrenOf(zone, registered)) {
    const handler = handlers.get(child.type.toLowerCase());
    const { failures = [] } = (await handler?.check({}, wholeInputsOf(child))) ?? {};
    refused.push(...failures);
  }
  // The mocked ids are none.
  return refused.filter(({ reason }) => !/^(peers|tsigId) is/.test(reason));
}

test.each<[title: string, args: Partial<SecondaryZoneArgs>, starts: readonly string[]]>([
  [
    "a primary's address and port",
    { primaries: [{ address: "192.0.2.1" }, { address: "ns0.example.com", port: 0 }] },
    ['primaries[1].address is "ns0.example.com"; allowed: ', "primaries[1].port is 0; allowed: "],
  ],
  ["a key's name", { tsig: { name: LONG } }, [`tsig.name is "${LONG}"; allowed: `]],
  [
    "the name of one of several keys",
    { tsig: { keys: [tsig, { name: LONG }], active: tsig.name } },
    [`tsig.keys[1].name is "${LONG}"; allowed: `],
  ],
  [
    "a key's secret, not shown",
    { tsig: { ...tsig, secret: "hunter2" } },
    ["tsig.secret is not acceptable (its value is secret, so not shown)"],
  ],
  [
    "a domain at the registrar",
    { registrar: { hostup: { domainName: LONG, dnssec: "excluded" } } },
    [`registrar.hostup.domainName is "${LONG}"; allowed: `],
  ],
])("%s is called as the program calls it", async (_title, args, starts) => {
  const refused = await refusals(args);
  expect(refused.map(({ reason }) => reason)).toEqual(starts.map((start) => expect.stringContaining(start)));
  // The CLI prints the name of a property that a failure names.
  for (const { property, reason } of refused) expect(reason.startsWith(property)).toBe(true);
});

test("a zone's name is refused as the program calls it, before anything is registered", async () => {
  await expect(refusals({ zoneName: LONG })).rejects.toThrow(`zoneName is "${LONG}"; allowed: `);
});

test("what a transform gives is called as the child calls it", async () => {
  const transform = { peer: () => ({ args: { probeZone: LONG } }) };
  const refused = await refusals({ primaries: [{ address: "192.0.2.1" }], transform });
  expect(refused).toEqual([
    { property: "probeZone", reason: expect.stringContaining(`probeZone is "${LONG}"`) },
  ]);
});

test("a name outside ASCII is refused with the form in which it is allowed, wherever it is given", async () => {
  const zoneName = "räksmörgås.se";
  await expect(refusals({ zoneName })).rejects.toThrow('is written "xn--rksmrgs-5wao1o.se"');
  const refused = await refusals({ tsig: { name: zoneName } });
  expect(refused).toHaveLength(1);
  for (const { reason } of refused) expect(reason).toContain("xn-- form: xn--rksmrgs-5wao1o.se");
});
