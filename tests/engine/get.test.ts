import { deployed } from "../support/one-of-each";
import { createStack, credentials } from "../support/stack";

test("get reads what another stack manages, marks the secret, and leaves it there at destroy", async () => {
  const { control, zones, domains } = await deployed();
  const { simulator } = control;
  const [key] = Object.values((await control.state()).tsigs);
  const reader = await createStack({
    files: {
      "index.js": `
const { HostupDnssecAuto, Tsig, ZoneDnssec } = require("pulumi-secondary-dns");
const tsig = Tsig.get("key", ${JSON.stringify(`${simulator.accountId}/${key?.id}`)});
const dnssec = ZoneDnssec.get("dnssec", ${JSON.stringify(zones[0])});
const auto = HostupDnssecAuto.get("auto", ${JSON.stringify(domains[0].id)});
exports.found = { name: tsig.name, algo: tsig.algo, id: tsig.tsigId, status: dnssec.status, domain: auto.domainName };
exports.secret = tsig.secret;
exports.isTsig = [tsig, dnssec, auto, {}].map(Tsig.isInstance);
`,
    },
    env: credentials(simulator),
  });

  expect((await reader.succeed("preview", "--diff")).output).not.toContain(key?.secret);
  await reader.up();
  expect(await reader.outputs()).toEqual({
    found: {
      name: "cf.example.com.",
      algo: "hmac-sha512.",
      id: key?.id,
      status: "active",
      domain: domains[0].name,
    },
    secret: key?.secret,
    isTsig: [true, false, false, false],
  });
  expect(await reader.exported()).not.toContain(key?.secret);
  await reader.succeed("refresh", "--yes", "--skip-preview");
  expect(await reader.exported()).not.toContain(key?.secret);

  await reader.destroy();
  expect(Object.values((await control.state()).tsigs)).toEqual([key]);
});

test("get of an id that does not exist fails and names it", async () => {
  const { control } = await deployed();
  const id = `${control.simulator.accountId}/${"0".repeat(32)}`;
  const reader = await createStack({
    files: {
      "index.js": `require("pulumi-secondary-dns").Tsig.get("key", ${JSON.stringify(id)});`,
    },
    env: credentials(control.simulator),
  });
  const ran = await reader.pulumi("preview");
  expect(ran.code).not.toBe(0);
  expect(ran.output).toContain(id);
});
