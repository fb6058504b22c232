import { startSimulator } from "../../simulator";
import { controlOf } from "../support/control";
import { createStack } from "../support/stack";

const GIVEN = Buffer.from(`MARKED-given-secret-${"x".repeat(44)}`).toString("base64");
const CLOUDFLARE_TOKEN = "MARKED-cloudflare-token-0123456789abcdef";
const HOSTUP_TOKEN = "sk_test_MARKED_hostup_token";

const only = (resources: string) => `
const { HostupDnssecAuto, SecondaryZone, Tsig } = require("pulumi-secondary-dns");
const config = new (require("@pulumi/pulumi").Config)();
const accountId = config.require("accountId");
const given = process.env.TEST_SECRET;
${resources}
`;

const program = only(`
const tsig = new Tsig("given", { accountId, name: "given.example.", secret: given });
new Tsig("generated", { accountId, name: "generated.example." });
new SecondaryZone("zone", {
  accountId,
  zoneId: config.require("zoneId"),
  zoneName: "zone-0000.example",
  tsig: { name: "zone.example.", secret: given },
  dnssec: { signing: "presigned" },
  registrar: { hostup: { domainName: "zone-0000.se", dnssec: "automatic" } },
});
exports.secret = tsig.secret;
`);

test("no secret stands in the clear in state, preview, output, a failed check, a failed call or the simulator's log", async () => {
  const log: string[] = [];
  const simulator = await startSimulator({
    cloudflareToken: CLOUDFLARE_TOKEN,
    hostupToken: HOSTUP_TOKEN,
    log: (line) => log.push(line),
  });
  try {
    const control = controlOf(simulator);
    const stack = await createStack({
      files: { "index.js": program },
      // A plain string in the program, so that protection cannot come from the configuration.
      env: { TEST_SECRET: GIVEN },
      config: {
        accountId: simulator.accountId,
        zoneId: simulator.zones[0]?.id ?? "",
        "secret cloudflare:apiToken": CLOUDFLARE_TOKEN,
        "cloudflare:baseUrl": simulator.cloudflare,
        "secret hostup:apiToken": HOSTUP_TOKEN,
        "hostup:baseUrl": simulator.hostup,
      },
    });
    const seen: Record<string, string> = {};
    const collect = async (name: string, ...args: string[]) => {
      seen[name] = (await stack.pulumi(...args)).output;
    };

    // One resource alone, so that the answer echoes what this very call sent.
    await stack.write({
      "index.js": only(`new Tsig("given", { accountId, name: "given.example.", secret: given });`),
    });
    const echo = { code: 1004, message: `the secret ${GIVEN} and the token ${CLOUDFLARE_TOKEN} are odd` };
    await control.fault({
      method: "POST",
      path: "/accounts/*/secondary_dns/tsigs",
      count: null,
      fault: {
        kind: "status",
        status: 400,
        body: { success: false, errors: [echo], messages: [], result: null },
      },
    });
    await collect("failed call", "up", "--yes", "--skip-preview");
    expect(seen["failed call"]).toContain("the secret [secret] and the token [secret] are odd");
    await control.clearFaults();
    await stack.write({ "index.js": program });

    await collect("preview", "preview");
    await collect("preview --diff", "preview", "--diff");
    await collect("preview --json", "preview", "--json");
    await collect("up", "up", "--yes", "--diff");
    await collect("state", "stack", "export");
    await collect("refresh", "refresh", "--yes", "--diff");
    await collect("state after refresh", "stack", "export");
    await collect("outputs", "stack", "output");
    const generated = Object.values((await control.state()).tsigs).map(({ secret }) => secret);
    expect(generated).toHaveLength(3);

    await stack.write({ "index.js": program.replaceAll("secret: given", 'secret: given + "!"') });
    await collect("failed check", "preview", "--diff");
    expect(seen["failed check"]).toContain("secret is not acceptable");
    await stack.write({ "index.js": program });
    await collect("destroy", "destroy", "--yes", "--diff");
    seen["simulator log"] = log.join("\n");
    seen["request log"] = JSON.stringify(await control.requests());

    for (const secret of [GIVEN, CLOUDFLARE_TOKEN, HOSTUP_TOKEN, ...generated]) {
      for (const [name, text] of Object.entries(seen)) {
        expect([name, text.includes(secret)]).toEqual([name, false]);
      }
    }
  } finally {
    await simulator.close();
  }
});
