import { type SimulatorOptions, startSimulator } from "../../simulator";
import { type Control, controlOf } from "./control";
import { createStack, credentials, type Stack, type StackOptions } from "./stack";

/** Named `key`, `dnssec` and `auto`. */
export const program = `
const { HostupDnssecAuto, Tsig, ZoneDnssec } = require("pulumi-secondary-dns");
const config = new (require("@pulumi/pulumi").Config)();

const tsig = new Tsig("key", {
  accountId: config.require("accountId"),
  name: config.require("keyName"),
  algo: config.get("algo"),
  secret: config.get("keySecret"),
});
const dnssec = new ZoneDnssec("dnssec", {
  zoneId: config.require("zoneId"),
  dnssecUseNsec3: config.getBoolean("nsec3"),
  onDelete: config.get("onDelete"),
});
const auto = new HostupDnssecAuto("auto", { domainName: config.require("domain") });

exports.id = tsig.tsigId;
exports.secret = tsig.secret;
exports.status = dnssec.observedStatus;
exports.domainId = auto.domainId;
`;

/** A simulator and a stack on it with one resource of each kind. */
export interface OneOfEach {
  readonly stack: Stack;
  readonly control: Control;
  readonly zones: readonly [string, string];
  readonly domains: readonly [Domain, Domain];
}

interface Domain {
  readonly id: string;
  readonly name: string;
}

const open: Control[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ simulator }) => simulator.close()));
});

export async function startControl(options: SimulatorOptions = {}): Promise<Control> {
  const control = controlOf(await startSimulator(options));
  open.push(control);
  return control;
}

/** Not deployed yet: the caller runs `up`. */
export async function oneOfEach(options: Partial<StackOptions> = {}): Promise<OneOfEach> {
  const control = await startControl();
  const { simulator } = control;
  const [zone, otherZone] = simulator.zones;
  const [domain, otherDomain] = simulator.domains;
  if (!zone || !otherZone || !domain || !otherDomain) throw new Error("the simulator starts with too little");
  const stack = await createStack({
    files: { "index.js": program },
    env: credentials(simulator),
    ...options,
    config: {
      accountId: simulator.accountId,
      keyName: "CF.example.com",
      zoneId: zone.id,
      domain: domain.name,
      ...options.config,
    },
  });
  return { stack, control, zones: [zone.id, otherZone.id], domains: [domain, otherDomain] };
}

/** The same, brought up, with the requests of that forgotten. */
export async function deployed(options: Partial<StackOptions> = {}): Promise<OneOfEach> {
  const all = await oneOfEach(options);
  await all.stack.up();
  await all.control.forgetRequests();
  return all;
}
