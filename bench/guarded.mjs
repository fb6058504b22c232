// @ts-check
import { credentials } from "../tools/driver/credentials.cjs";
import { patchPrimary, patchState, takeRequests } from "./project.mjs";

const KEY = "bench.example";
const [SECRET, NEXT_SECRET] = [7, 8].map((octet) => Buffer.alloc(64, octet).toString("base64"));

const STATE_AFTER = "presigned is turned on";

const program = `
const { SecondaryZone } = require("pulumi-secondary-dns");
exports.ds = new SecondaryZone("zone", JSON.parse(process.env.ZONE)).ds;
`;

/** @typedef {{ name: string, command?: string, args: object, env?: NodeJS.ProcessEnv, fails?: true, first?: () => Promise<unknown>, most?: { calls: number, questions: number } }} Change */

/**
 * What the guard of a zone costs: API calls, and DNS questions to primaries, resolvers and name servers, of each change.
 * @param {import("./run.mjs").Context} context
 * @returns {Promise<import("./table.mjs").Part>}
 */
export async function guarded({ workshop }) {
  const options = { zones: 1, primary: true };
  // On port 53 the parent's and Cloudflare's name servers can be asked too, where this user may listen there.
  const simulator = await workshop
    .simulator({ ...options, dnsAddress: "127.0.53.1", dnsPort: 53 })
    .catch(() => workshop.simulator(options));
  const [zone] = simulator.zones;
  if (!zone || !simulator.primary) throw new Error("the simulator has no zone or no primary");
  const [address = "", port] = simulator.primary.split(":");
  const project = await workshop.project("guarded", program);
  const stack = await project.stack({
    ...credentials(simulator),
    NODE_DEBUG: "secondary-dns",
  });

  /** @param {string | undefined} secret */
  const useSecret = (secret) =>
    patchPrimary(simulator, {
      keys: { [KEY]: { algorithm: "hmac-sha512", secret } },
      zones: { [zone.name]: { transferKeys: [KEY] } },
    });
  /** @param {readonly string[]} ds */
  const publishDs = (ds) =>
    patchState(simulator, { zones: { [zone.id]: { parent: { ds } } } }).then(() =>
      fetch(`${simulator.control}/resolver-cache`, { method: "DELETE" }),
    );
  const args = (/** @type {object} */ more) => ({
    accountId: simulator.accountId,
    zoneId: zone.id,
    zoneName: zone.name,
    tsig: { name: `${KEY}.`, secret: SECRET },
    primaries: [{ address, port: Number(port) }],
    dnssec: { signing: "presigned", nsec3: true },
    ...more,
  });
  const next = { tsig: { name: `${KEY}.`, secret: NEXT_SECRET } };
  await useSecret(SECRET);

  /** @type {Change[]} */
  const changes = [
    { name: "unsigned zone, first up", args: args({ dnssec: { signing: "off" } }) },
    { name: "presigned is turned on", args: args({}) },
    { name: "nothing changed", args: args({}), most: { calls: 0, questions: 0 } },
    { name: "another secret, refused", args: args(next), fails: true },
    { name: "another secret", args: args(next), first: () => useSecret(NEXT_SECRET) },
    { name: "presigned is turned off, without a DS", args: args({ ...next, dnssec: { signing: "off" } }) },
    { name: "and on again", args: args(next) },
    {
      name: "to live signing with a DS at the parent, refused",
      args: args({ ...next, dnssec: { signing: "live" } }),
      fails: true,
      first: async () => publishDs([await dsOf()]),
    },
    { name: "destroy with that DS, refused", command: "destroy", args: args(next), fails: true },
    {
      name: "destroy, forced",
      command: "destroy",
      args: args(next),
      env: { SECONDARY_DNS_FORCE: zone.name },
    },
  ];
  async function stateBytes() {
    const ours = (await stack.resources()).filter(({ type }) => type.includes("secondary-dns:"));
    return Buffer.byteLength(JSON.stringify(ours));
  }
  async function dsOf() {
    const { ds } = await stack.outputs();
    return String(ds).replace(/^.* IN DS /, "");
  }

  /** @type {import("./table.mjs").Row[]} */
  const rows = [];
  for (const { name, command = "up", args: given, env, fails = false, first, most } of changes) {
    await first?.();
    await takeRequests(simulator);
    const surroundings = { ...env, ZONE: JSON.stringify(given) };
    const { code, output } = await stack.pulumiWith(surroundings, command, "--yes", "--skip-preview");
    if ((code !== 0) !== fails) throw new Error(`${name}: ended with ${code}:\n${output}`);
    const calls = (await takeRequests(simulator)).length;
    if (name === STATE_AFTER)
      rows.push({ name: "its state, six resources", value: await stateBytes(), unit: "bytes" });
    const questions = [...output.matchAll(/^ *SECONDARY-DNS \d+: DNS (\S+ port \d+) /gm)].map(([, to]) => to);
    const atPrimary = questions.filter((to) => to === `${address} port ${port}`).length;
    rows.push(
      { name, value: calls, unit: "calls", ...(most ? { target: { most: most.calls } } : {}) },
      {
        name,
        value: questions.length,
        unit: "questions",
        ...(most ? { target: { most: most.questions } } : {}),
        note: `${atPrimary} of them to the primary`,
      },
    );
  }
  await workshop.stop(simulator);
  return { title: "What a guarded change of one zone asks", rows };
}
