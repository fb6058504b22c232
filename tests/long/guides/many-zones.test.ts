import { readFileSync } from "node:fs";
import { startSimulator } from "../../../simulator";
import { controlOf } from "../../support/control";
import { blocksOf } from "../../support/guides/blocks";
import { pulumiTerminal } from "../../support/guides/pulumi-terminal";
import { walk } from "../../support/guides/walk";

const GUIDE = "docs/many-zones.md";
const NAMES = ["example.com", "example.net", "example.org"];
const KEY = "cf.transfer.example";

// npm and a row of runs on the engine take minutes where the machine is busy.
jest.setTimeout(900_000);

test("the program is that of examples/many-zones", () => {
  const program = blocksOf(GUIDE).find(({ note }) => note === "index.ts");
  expect(program?.text).toBe(readFileSync("examples/many-zones/index.ts", "utf8"));
});

test("zones of a list are served with one key and one peer when all is done that the guide says", async () => {
  const simulator = await startSimulator({ zones: NAMES.length, primary: true });
  const control = controlOf(simulator);
  const { terminal, substitutions, remove } = pulumiTerminal(simulator);
  const zones = simulator.zones.map(({ id, name }, index) => ({ id, name, shown: NAMES[index] ?? "" }));
  try {
    await control.patch({ zones: Object.fromEntries(zones.map(({ id, shown }) => [id, { name: shown }])) });
    const [address = "", port] = simulator.primary?.split(":") ?? [];
    await walk(GUIDE, {
      terminal,
      substitutions: [
        ...substitutions,
        ...zones.map(({ id }, index) => [`${index + 1}`.repeat(32), id] as const),
        ["192.0.2.53", address],
        // The simulator's primary has no port 53.
        ["ip: address,", `ip: address, port: ${port},`],
      ],
      before: {
        "The transfers": async () => {
          const secret = (await terminal.run("pulumi stack output tsigSecret --show-secrets")).trim();
          const { zones: served } = await control.primary();
          const zone = { ...served[zones[0]?.name ?? ""], signing: "nsec", transferKeys: [KEY] };
          await control.patchPrimary({
            keys: { [KEY]: { algorithm: "hmac-sha512", secret } },
            zones: Object.fromEntries(NAMES.map((name) => [name, zone])),
          });
        },
      },
    });
    const { tsigs, peers, zones: after } = await control.state();
    expect([Object.keys(tsigs).length, Object.keys(peers).length]).toEqual([1, 1]);
    for (const { dnssec, transfer } of Object.values(after)) {
      expect(dnssec.dnssec_presigned).toBe(true);
      expect(transfer).toMatchObject({ lastError: null, tsigKey: `${KEY}.` });
    }
  } finally {
    remove();
    await simulator.close();
  }
});
