// @ts-check
import { createRequire } from "node:module";
import { join } from "node:path";
import { credentials } from "../tools/driver/credentials.cjs";
import { root } from "../tools/setup/run.mjs";
import { patchPrimary, patchState, takeRequests } from "./project.mjs";

const KEY = "bench.example";
const SECRET = Buffer.alloc(64, 7).toString("base64");
/** In seconds. */
const TTL = 1;

const program = `
const { HostupDsSet, SecondaryZone } = require("pulumi-secondary-dns");
const { ZONE, SET } = process.env;
const zone = new SecondaryZone("zone", JSON.parse(ZONE));
if (SET) new HostupDsSet("set", JSON.parse(SET), { dependsOn: zone });
`;

/**
 * What the DS set of a domain costs: API calls, and DNS questions to the resolver, the parent and the zone's name servers.
 * @param {import("./run.mjs").Context} context
 * @returns {Promise<import("./table.mjs").Part>}
 */
export async function dsSet({ workshop }) {
  const title = "What the DS set of a domain asks";
  const simulator = await workshop
    .simulator({ zones: 1, primary: true, dnskeyTtl: TTL, dnsAddress: "127.0.53.2", dnsPort: 53 })
    .catch(() => undefined);
  // Parent and name servers are at port 53, or nowhere.
  if (simulator === undefined)
    return { title: `${title}: not measured, port 53 is not this user's`, rows: [] };
  const [zone] = simulator.zones;
  const [domain] = simulator.domains;
  if (!zone || !domain || !simulator.primary) throw new Error("the simulator has no zone, domain or primary");
  await patchState(simulator, {
    zones: { [zone.id]: { parent: { ttl: TTL } } },
    domains: { [domain.id]: { name: zone.name } },
  });
  await patchPrimary(simulator, {
    keys: { [KEY]: { algorithm: "hmac-sha512", secret: SECRET } },
    zones: { [zone.name]: { transferKeys: [KEY] } },
  });
  const [address = "", port] = simulator.primary.split(":");
  const project = await workshop.project("ds-set", program);
  const stack = await project.stack({
    ...credentials(simulator),
    NODE_DEBUG: "secondary-dns",
    ZONE: JSON.stringify({
      accountId: simulator.accountId,
      zoneId: zone.id,
      zoneName: zone.name,
      tsig: { name: `${KEY}.`, secret: SECRET },
      primaries: [{ address, port: Number(port) }],
      dnssec: { signing: "live" },
    }),
  });
  await stack.up();

  /** @type {{ ourDs: (name: string, digestType: 2 | 4) => string }} */
  const { ourDs } = createRequire(import.meta.url)(join(root, "dist/simulator/cloudflare/zone-key"));
  const set = (/** @type {2 | 4} */ digestType) =>
    JSON.stringify({
      domainId: domain.id,
      ds: `${zone.name}. IN DS ${ourDs(zone.name, digestType)}`,
      waitForRemoval: 60,
    });
  /** @type {{ name: string, wanted: string, most?: { calls: number, questions: number } }[]} */
  const changes = [
    { name: "create", wanted: set(2) },
    { name: "unchanged", wanted: set(2), most: { calls: 0, questions: 0 } },
    { name: "roll", wanted: set(4) },
    { name: "delete", wanted: "" },
  ];
  /** @type {import("./table.mjs").Row[]} */
  const rows = [];
  for (const { name, wanted, most } of changes) {
    // It is withdrawn once the state of the zone's DNSSEC knows of it.
    if (wanted === "") await stack.succeed("refresh", "--yes", "--skip-preview");
    await takeRequests(simulator);
    const { code, output } = await stack.pulumiWith({ SET: wanted }, "up", "--yes", "--skip-preview");
    if (code !== 0) throw new Error(`${name}: ended with ${code}:\n${output}`);
    const calls = (await takeRequests(simulator)).length;
    const questions = [...output.matchAll(/^ *SECONDARY-DNS \d+: DNS /gm)].length;
    rows.push(
      {
        name: `HostupDsSet, ${name}`,
        value: calls,
        unit: "calls",
        ...(most && { target: { most: most.calls } }),
      },
      {
        name: `HostupDsSet, ${name}`,
        value: questions,
        unit: "questions",
        ...(most && { target: { most: most.questions } }),
      },
    );
  }
  await workshop.stop(simulator);
  return { title, rows };
}
