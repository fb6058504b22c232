import { deployed, type OneOfEach } from "../support/one-of-each";

const GIVEN = Buffer.alloc(64, 7).toString("base64");
const OTHER = Buffer.alloc(64, 9).toString("base64");

type Change = (all: OneOfEach, tsigId: string) => object;

/** Each managed property, changed as somebody would in a console, and how the preview names it. */
const drifts: [string, RegExp, Change][] = [
  [
    "a TSIG's name",
    /name\s*: "other.example." => "cf.example.com."/,
    (_, id) => tsig(id, { name: "other.example." }),
  ],
  [
    "a TSIG's algorithm",
    /algo\s*: "hmac-sha256." => "hmac-sha512."/,
    (_, id) => tsig(id, { algo: "hmac-sha256." }),
  ],
  ["a TSIG's secret", /secret\s*: \[secret\] => \[secret\]/, (_, id) => tsig(id, { secret: OTHER })],
  [
    "a zone's status",
    /status\s*: "disabled" => "active"/,
    ({ zones }) => zone(zones[0], { status: "disabled" }),
  ],
  [
    "presigned",
    /dnssecPresigned\s*: true\s*=> false/,
    ({ zones }) => zone(zones[0], { dnssec_presigned: true }),
  ],
  ["NSEC3", /dnssecUseNsec3\s*: true\s*=> false/, ({ zones }) => zone(zones[0], { dnssec_use_nsec3: true })],
  [
    "multi-signer",
    /dnssecMultiSigner\s*: true\s*=> false/,
    ({ zones }) => zone(zones[0], { dnssec_multi_signer: true }),
  ],
  [
    "a domain's enrolment",
    /action\s*: "exclude" => "include"/,
    ({ domains }) => ({
      domains: { [domains[0].id]: { dnssecAuto: { status: "excluded", isEnabled: false } } },
    }),
  ],
];

test("every managed property that was changed outside is shown and put back", async () => {
  const all = await deployed({ config: { "secret keySecret": GIVEN } });
  const { stack, control } = all;
  const [tsigId = ""] = Object.keys((await control.state()).tsigs);
  const wanted = stable(await control.state());

  for (const [, , change] of drifts) await control.patch(change(all, tsigId));
  const preview = await stack.succeed("preview", "--refresh", "--diff");
  for (const [name, shown] of drifts)
    expect([name, preview.output]).toEqual([name, expect.stringMatching(shown)]);

  await stack.up("--refresh");
  expect(stable(await control.state())).toEqual(wanted);
  await stack.succeed("preview", "--refresh", "--expect-no-changes");
  expect(preview.output).not.toContain(OTHER);
  expect(await stack.exported()).not.toContain(OTHER);
});

test("a generated secret that was changed outside is put back, and neither value shows", async () => {
  const { stack, control } = await deployed();
  const [before] = Object.values((await control.state()).tsigs);
  await control.patch(tsig(before?.id ?? "", { secret: OTHER }));

  const preview = await stack.succeed("preview", "--refresh", "--diff");
  expect(preview.output).toMatch(/secret\s*: "\(changed outside Pulumi\)"/);
  await stack.succeed("refresh", "--yes", "--skip-preview");
  const refreshed = await stack.exported();
  await stack.up();
  expect(Object.values((await control.state()).tsigs)).toEqual([before]);
  await stack.succeed("preview", "--refresh", "--expect-no-changes");
  for (const text of [preview.output, refreshed, await stack.exported()]) {
    expect(text).not.toContain(OTHER);
    expect(text).not.toContain(before?.secret);
  }
});

function tsig(id: string, change: object): object {
  return { tsigs: { [id]: change } };
}

function zone(id: string, dnssec: object): object {
  return { zones: { [id]: { dnssec } } };
}

/** The state without what the services themselves change with each call. */
function stable({ zones, tsigs, domains }: Awaited<ReturnType<OneOfEach["control"]["state"]>>) {
  return {
    tsigs,
    dnssec: Object.values(zones).map(({ dnssec: { modified_on: _, ...settings } }) => settings),
    enrolled: Object.values(domains).map(({ dnssecAuto }) => dnssecAuto.status !== "excluded"),
  };
}
