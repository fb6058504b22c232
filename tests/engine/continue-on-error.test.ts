import { startControl } from "../support/one-of-each";
import { createStack, credentials } from "../support/stack";

const SECRET = Buffer.alloc(64, 1).toString("base64");

const program = `
const { IncomingTransfer, Tsig, TransferPeer } = require("pulumi-secondary-dns");
const { accountId, zones } = JSON.parse(process.env.TEST_TARGETS);
for (const { id, name } of zones) {
  const tsig = new Tsig(name, { accountId, name: "cf." + name, secret: "${SECRET}" });
  const peer = new TransferPeer(name, { accountId, name, ip: "192.0.2.1", tsigId: tsig.tsigId });
  new IncomingTransfer(name, { accountId, zoneId: id, name, peers: [peer.peerId] });
}
`;

test("with --continue-on-error a key that is refused keeps no other zone from being made", async () => {
  const control = await startControl({ zones: 3 });
  const { accountId, zones } = control.simulator;
  const [first] = zones;

  const taken = { accountId, name: `cf.${first?.name}.`, algo: "hmac-sha512.", secret: SECRET };
  await control.patch({ tsigs: { ["a".repeat(32)]: taken } });
  const stack = await createStack({
    files: { "index.js": program },
    env: { ...credentials(control.simulator), TEST_TARGETS: JSON.stringify({ accountId, zones }) },
  });

  const { code, output } = await stack.pulumi("up", "--yes", "--skip-preview", "--continue-on-error");
  expect(code).not.toBe(0);
  expect(output).toContain("Did not create TSIG");
  expect(output).not.toContain("peers is []");
  const made = Object.values((await control.state()).zones).filter(({ incoming }) => incoming);
  expect(made.map(({ name }) => name)).toEqual(zones.slice(1).map(({ name }) => name));
  for (const { inputs, outputs } of await stack.resources())
    expect(Object.keys({ ...inputs, ...outputs })).not.toContain("__outputs");
});
