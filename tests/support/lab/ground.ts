import type { HostupChoice, SecondaryZoneArgs } from "../../../index";
import { startSimulator } from "../../../simulator";
import { type Control, controlOf } from "../control";
import type { TransferKey } from "../dns-tools";
import { createStack, credentials, type Ran, type Stack } from "../stack";
import type { Child, ChildKind, ChildWish } from "./child";
import type { DsText } from "./ds";
import { type Lab, startLab } from "./lab";
import { TTL } from "./zone-texts";

const ZONE = "zone-0000.example";

/** What a program says of who signs. */
export type Dnssec = SecondaryZoneArgs["dnssec"];

/** What a program says of HostUp, besides the domain. */
export type Hostup = Omit<HostupChoice, "domainId" | "domainName">;

/** A lab whose zone is served by the simulated Cloudflare, from a real primary, as a stack says. */
export interface Ground<Kind extends Child = Child> {
  readonly lab: Lab;
  readonly child: Kind;
  readonly control: Control;
  readonly stack: Stack;
  /** Puts other DS records in the parent, where Cloudflare sees them too. */
  putDs(ds: readonly DsText[]): Promise<void>;
  /** What the program is to say of HostUp from now on. */
  say(hostup: Hostup): void;
  /** Writes the program that says so, and runs `pulumi up`; the exit code is for the caller to judge. */
  up(dnssec: Dnssec, ...args: readonly string[]): Promise<Ran>;
  /** The same, told to do what it would refuse. */
  force(dnssec: Dnssec): Promise<Ran>;
  /** The domain of the zone at the simulated HostUp. */
  readonly domainId: string;
  /** The DS records that the program's output says. */
  dsOutput(): Promise<readonly DsText[]>;
}

/** Makes the key with a first `up`, as README's guide does, and starts the primary with it; no transfer is set up yet. */
export async function startGround<Kind extends Child>(
  kind: ChildKind<Kind>,
  wish: Pick<ChildWish, "signing" | "nameServers">,
): Promise<Ground<Kind>> {
  const lab = await startLab({ zone: ZONE });
  try {
    const simulator = await startSimulator({
      zones: 1,
      dnsAddress: lab.secondary.address,
      dnsPort: 53,
      dnskeyTtl: TTL,
    });
    lab.keep({ stop: simulator.close });
    const control = controlOf(simulator);
    const [zone] = simulator.zones;
    const domainId = simulator.domains[0]?.id ?? "";
    if (zone?.name !== ZONE) throw new Error(`the simulator has no zone ${ZONE}`);
    await control.patch({ domains: { [domainId]: { name: ZONE } } });

    let hostup: Hostup | undefined;
    const args = (dnssec: Dnssec, primaries: SecondaryZoneArgs["primaries"]) => ({
      accountId: simulator.accountId,
      zoneId: zone.id,
      zoneName: ZONE,
      tsig: { name: `cf.${ZONE}.` },
      cloudflareAddresses: { transferFrom: ["127.0.0.1"], notify: [lab.secondary] },
      dnssec,
      ...(primaries ? { primaries } : {}),
      ...(hostup && primaries ? { registrar: { hostup: { domainId, ...hostup } } } : {}),
    });
    const stack = await createStack({
      files: { "index.js": program(args({ signing: "off" }, undefined)) },
      env: { ...credentials(simulator), SECONDARY_DNS_RESOLVER: lab.resolvers.remembering.address },
    });
    await stack.up();
    const child = lab.keep(
      await kind.start({ ...lab, ...wish, algorithm: "ecdsap256sha256", keys: [await keyOf(control)] }),
    );
    const primaries = [{ address: "127.0.0.1", port: child.port }];
    const write = (dnssec: Dnssec) => stack.write({ "index.js": program(args(dnssec, primaries)) });
    return {
      lab,
      child,
      control,
      stack,
      domainId,
      say: (choice) => {
        hostup = choice;
      },
      putDs: async (ds) => {
        await lab.parent.setDs(ds);
        await control.patch({ zones: { [zone.id]: { parent: { ds } } } });
      },
      up: async (dnssec, ...more) => {
        await write(dnssec);
        return stack.pulumi("up", "--yes", "--skip-preview", ...more);
      },
      force: async (dnssec) => {
        await write(dnssec);
        return stack.pulumiWith({ SECONDARY_DNS_FORCE: ZONE }, "up", "--yes", "--skip-preview");
      },
      dsOutput: async () => {
        const { ds } = await stack.outputs();
        return typeof ds === "string" ? ds.split("\n").map(dataOf).sort() : [];
      },
    };
  } catch (error) {
    await lab.stop();
    throw error;
  }
}

function program(args: SecondaryZoneArgs): string {
  return `const { SecondaryZone } = require("pulumi-secondary-dns");
exports.ds = new SecondaryZone("zone", ${JSON.stringify(args)}).ds;
`;
}

/** The key that the stack has made, as the primary is to have it. */
async function keyOf(control: Control): Promise<TransferKey> {
  const [tsig] = Object.values((await control.state()).tsigs);
  if (tsig === undefined) throw new Error("the stack has made no key");
  const withoutDot = (name: string) => name.replace(/\.$/, "");
  return { name: withoutDot(tsig.name), algorithm: withoutDot(tsig.algo), secret: tsig.secret };
}

function dataOf(record: string): DsText {
  const [, data] = / DS (.+)$/.exec(record.replaceAll("\t", " ")) ?? [];
  if (data === undefined) throw new Error(`"${record}" is no DS record`);
  return data.toUpperCase();
}
