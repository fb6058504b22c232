import { deployed } from "../support/one-of-each";

test("state holds the provider's text, no path, and at most 2.5 KB for a TSIG", async () => {
  const { stack } = await deployed();
  const resources = await stack.resources();
  const providers = Object.fromEntries(
    resources.map(({ type, inputs }) => [
      type.replace("pulumi-nodejs:dynamic/secondary-dns:", ""),
      inputs?.__provider,
    ]),
  );
  expect(providers).toEqual({
    Tsig: 'exports.handler=()=>require("pulumi-secondary-dns/runtime").tsig',
    ZoneDnssec: 'exports.handler=()=>require("pulumi-secondary-dns/runtime").zoneDnssec',
    HostupDnssecAuto: 'exports.handler=()=>require("pulumi-secondary-dns/runtime").hostupDnssecAuto',
  });
  for (const text of Object.values(providers))
    expect(Buffer.byteLength(String(text))).toBeLessThanOrEqual(128);

  const tsig = resources.find(({ type }) => type.endsWith(":Tsig"));
  expect(Buffer.byteLength(JSON.stringify(tsig))).toBeLessThanOrEqual(2_500);
  expect(JSON.stringify(tsig)).not.toContain(stack.folder);
});
