import { startSimulator } from "../../../simulator";
import { controlOf } from "../../support/control";
import { bindServer } from "../../support/dns-server-bind";
import { knotServer } from "../../support/dns-server-knot";
import { nsdServer } from "../../support/dns-server-nsd";
import { powerdnsServer } from "../../support/dns-server-powerdns";
import { blocksOf } from "../../support/guides/blocks";
import { startMachine } from "../../support/guides/primary-machine";
import { pulumiTerminal } from "../../support/guides/pulumi-terminal";
import { walk } from "../../support/guides/walk";
import { claimAddresses } from "../../support/lab/addresses";
import { describeLab } from "../../support/lab/describe-lab";

// npm, a server and a row of runs on the engine take minutes where the machine is busy.
jest.setTimeout(900_000);

const GUIDE = "docs/first-zone.md";
const SERVERS = [
  { title: "BIND", commands: [...bindServer.commands, "rndc", "named-checkconf"] },
  { title: "Knot", commands: knotServer.commands },
  { title: "NSD", commands: [...nsdServer.commands, "nsd-checkconf"] },
  { title: "PowerDNS", commands: powerdnsServer.commands },
] as const;
const TITLES = SERVERS.map(({ title }) => title);

test("the guide has a section for each of the servers", () => {
  const sections = blocksOf(GUIDE).flatMap(({ headings }) =>
    headings[1] === "3. The primary" && headings[2] !== undefined ? [headings[2]] : [],
  );
  expect([...new Set(sections)]).toEqual(TITLES);
});

for (const { title, commands } of SERVERS)
  describeLab(`the first zone with ${title}`, commands, () => {
    test("is served and validated when all is done that the guide says", () => walkWith(title));
  });

async function walkWith(title: (typeof TITLES)[number]): Promise<void> {
  const addresses = await claimAddresses();
  const simulator = await startSimulator({ zones: 1, dnsAddress: addresses.secondary, dnsPort: 53 });
  const control = controlOf(simulator);
  const machine = await startMachine(title, addresses.primary);
  const { terminal, substitutions, remove } = pulumiTerminal(simulator, {
    functions: `scp() { cp "\${@:1:$#-1}" ${machine.home}/; }`,
  });
  try {
    const id = simulator.zones[0]?.id ?? "";
    await control.patch({
      zones: { [id]: { name: "example.se", parent: { nameServers: ["ns.old.example."] } } },
    });
    const atParent = (parent: object) => control.patch({ zones: { [id]: { parent } } });
    await walk(GUIDE, {
      terminal,
      terminals: { "on-the-primary": machine.terminal },
      substitutions: [
        ...substitutions,
        ["fedcba9876543210fedcba9876543210", id],
        ["192.0.2.53", addresses.primary],
        ["@ns0001.secondary.cloudflare.com", `@${addresses.secondary}`],
        ...machine.paths,
      ],
      without: TITLES.filter((each) => each !== title),
      before: {
        "5. Delegate it": async () => {
          const nameServers = ["ns0001.secondary.cloudflare.com.", "ns0002.secondary.cloudflare.com."];
          await atParent({ nameServers });
        },
        "6. The DS": async () => {
          const [, ds] = (await terminal.run("pulumi stack output ds")).trim().split(" DS ");
          await atParent({ ds: [ds] });
        },
      },
    });
    const zone = (await control.state()).zones[id];
    expect(zone?.dnssec).toMatchObject({ dnssec_presigned: true, dnssec_use_nsec3: true });
    expect(zone?.transfer).toMatchObject({ lastError: null, tsigKey: "cf.example.se." });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${machine.log().slice(-2_000)}`);
  } finally {
    await machine.stop();
    await simulator.close();
    await addresses.release();
    remove();
  }
}
