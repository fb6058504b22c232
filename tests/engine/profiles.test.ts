import { startControl } from "../support/one-of-each";
import { createStack } from "../support/stack";

const program = `
const { HostupDnssecAuto, Tsig } = require("pulumi-secondary-dns");
const config = new (require("@pulumi/pulumi").Config)();
const accountId = config.require("accountId");
new Tsig("main", { accountId, name: "main.example." });
new Tsig("eu", { accountId, name: "eu.example.", profile: "eu" });
new HostupDnssecAuto("eu", { domainName: "zone-0000.se", profile: "eu" });
`;

test("two profiles of one program reach two accounts, one by stack configuration, one by the environment", async () => {
  const main = await startControl();
  const eu = await startControl();
  const stack = await createStack({
    files: { "index.js": program },
    env: {
      CLOUDFLARE_EU_API_TOKEN: eu.simulator.cloudflareToken,
      CLOUDFLARE_EU_BASE_URL: eu.simulator.cloudflare,
      HOSTUP_EU_API_TOKEN: eu.simulator.hostupToken,
      HOSTUP_EU_BASE_URL: eu.simulator.hostup,
    },
    config: {
      accountId: main.simulator.accountId,
      "cloudflare:email": main.simulator.cloudflareEmail,
      "secret cloudflare:apiKey": main.simulator.cloudflareApiKey,
      "cloudflare:baseUrl": main.simulator.cloudflare,
    },
  });
  await stack.up();
  const names = async (control: typeof main) =>
    Object.values((await control.state()).tsigs).map(({ name }) => name);
  expect(await names(main)).toEqual(["main.example."]);
  expect(await names(eu)).toEqual(["eu.example."]);
  expect((await eu.state()).domains[eu.simulator.domains[0]?.id ?? ""]?.dnssecAuto.status).toBe("pending");

  await stack.succeed("preview", "--refresh", "--expect-no-changes");
  await stack.destroy();
  expect([await names(main), await names(eu)]).toEqual([[], []]);
});
