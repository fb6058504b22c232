import { startSimulator } from "../../simulator";
import { controlOf } from "../support/control";
import { createStack, credentials } from "../support/stack";

const KEY = { name: "cf.example", algorithm: "hmac-sha512", secret: Buffer.alloc(64, 7).toString("base64") };
const TRACED = { NODE_DEBUG: "secondary-dns" };
const QUESTION = /SECONDARY-DNS \d+: DNS /;

test("an up without changes makes no call and asks no server, of a zone that is guarded from end to end, and the first one few", async () => {
  const simulator = await startSimulator({ zones: 1, primary: true });
  try {
    const control = controlOf(simulator);
    const [zone] = simulator.zones;
    const [address, port] = (simulator.primary ?? "").split(":");
    await control.patchPrimary({
      keys: { [KEY.name]: { algorithm: KEY.algorithm, secret: KEY.secret } },
      zones: { [zone?.name ?? ""]: { transferKeys: [KEY.name] } },
    });
    const args = {
      accountId: simulator.accountId,
      zoneId: zone?.id,
      zoneName: zone?.name,
      primaries: [{ address, port: Number(port) }],
      tsig: { name: `${KEY.name}.`, secret: KEY.secret },
      dnssec: { signing: "presigned", nsec3: true },
    };
    const program = `const { SecondaryZone } = require("pulumi-secondary-dns");
exports.ds = new SecondaryZone("zone", ${JSON.stringify(args)}).ds;
`;
    const stack = await createStack({ files: { "index.js": program }, env: credentials(simulator) });
    const up = async () => {
      await control.forgetRequests();
      const { code, output } = await stack.pulumiWith(TRACED, "up", "--yes", "--skip-preview");
      if (code !== 0) throw new Error(`up ended with ${code}:\n${output}`);
      return { output, calls: await control.requests() };
    };

    const first = await up();
    expect(first.output).toMatch(QUESTION);
    // Two lists a run among them, however many zones it has.
    expect(first.calls.length).toBeLessThanOrEqual(16);
    const saved = (await stack.resources()).filter(({ urn }) => urn.includes("secondary-dns:"));
    expect(Buffer.byteLength(JSON.stringify(saved))).toBeLessThanOrEqual(11_500);
    for (const resource of saved) expect(resource).not.toHaveProperty("stackTrace");
    expect(saved.find(({ type }) => type.endsWith(":SecondaryZone"))?.outputs).not.toHaveProperty(
      "primaryConfig",
    );
    const second = await up();
    expect(second.output).not.toMatch(QUESTION);
    expect(second.calls).toEqual([]);
    expect(second.output).toMatch(/7 unchanged/);
  } finally {
    await simulator.close();
  }
});
