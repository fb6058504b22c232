import { controlOf } from "../support/control";
import { startControl } from "../support/one-of-each";
import { createStack, credentials } from "../support/stack";

const FOREIGN_PEER = "f".repeat(32);

/** Each resource is called after `suffix`; one that is broken cannot be made, so the engine deletes nothing. */
const program = (suffix: string, { adopt = false, broken = false } = {}) => `
const { HostupDnssecAuto, IncomingTransfer, TransferPeer, ZoneDnssec } = require("pulumi-secondary-dns");
const { accountId, zone, domain } = JSON.parse(process.env.TEST_TARGETS);
const last = [
  new ZoneDnssec("dnssec${suffix}", { zoneId: zone.id }),
  new HostupDnssecAuto("auto${suffix}", { domainId: domain.id }),
  new IncomingTransfer("incoming${suffix}", { zoneId: zone.id, name: zone.name, peers: ["${FOREIGN_PEER}"] }),
  new TransferPeer("peer${suffix}", { accountId, name: "ns0", ip: "192.0.2.53", adopt: ${adopt} }),
];
if (${broken}) new ZoneDnssec("broken", { zoneId: "${"0".repeat(32)}" }, { dependsOn: last });
`;

async function started() {
  const control = await startControl();
  const { simulator } = control;
  const [zone] = simulator.zones;
  const [domain] = simulator.domains;
  if (!zone || !domain) throw new Error("the simulator starts with a zone and a domain");
  const { accountId } = simulator;
  await control.patch({ peers: { [FOREIGN_PEER]: { accountId, name: "other", ip: "127.0.0.1", port: 9 } } });
  const stack = await createStack({
    files: { "index.js": program("") },
    env: { ...credentials(simulator), TEST_TARGETS: JSON.stringify({ accountId, zone, domain }) },
  });
  await stack.up();
  const standing = async () => {
    const state = await controlOf(simulator).state();
    const { dnssec, incoming } = state.zones[zone.id] ?? {};
    return {
      dnssec: dnssec?.status,
      enrolled: state.domains[domain.id]?.dnssecAuto.isEnabled,
      peers: incoming?.peers,
      peer: Object.keys(state.peers).filter((id) => id !== FOREIGN_PEER).length,
    };
  };
  return { stack, standing };
}

test("a rename that another failure interrupts does not take down what is in use, at the next up neither", async () => {
  const { stack, standing } = await started();
  const before = await standing();
  expect(before).toEqual({ dnssec: "pending", enrolled: true, peers: [FOREIGN_PEER], peer: 1 });

  await stack.write({ "index.js": program("-renamed", { adopt: true, broken: true }) });
  expect((await stack.pulumi("up", "--yes", "--skip-preview")).code).not.toBe(0);
  expect((await stack.resources()).map(({ urn }) => urn)).toHaveLength(8);

  await stack.write({ "index.js": program("-renamed", { adopt: true }) });
  await stack.up();
  expect(await standing()).toEqual(before);
  expect(await stack.resources()).toHaveLength(4);
  await stack.succeed("preview", "--refresh", "--expect-no-changes");
});

test.each([["--refresh"], ["--run-program"]])("destroy %s takes down everything", async (flag) => {
  const { stack, standing } = await started();
  await stack.succeed("destroy", "--yes", "--skip-preview", flag);
  expect(await standing()).toEqual({ dnssec: "disabled", enrolled: false, peers: undefined, peer: 0 });
  expect(await stack.resources()).toEqual([]);
});
