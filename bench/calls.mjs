// @ts-check
import { credentials } from "../tools/driver/credentials.cjs";
import { patchState, takeRequests } from "./project.mjs";

/** @typedef {import("./project.mjs").Simulator} Simulator */
/** @typedef {{ name: string, args: object, changed: object }} Resource `changed` are its arguments after an update */
/** @typedef {"create" | "no-op" | "update" | "refresh" | "delete"} Operation */

/** @type {readonly Operation[]} */
const operations = ["create", "no-op", "update", "refresh", "delete"];
const MANY = 10;
/** Stands in the account from the start. */
const PEER = "f".repeat(32);

const program = `
const package_ = require("pulumi-secondary-dns");
const { TYPE, RESOURCES } = process.env;
for (const [name, args] of Object.entries(JSON.parse(RESOURCES))) new package_[TYPE](name, args);
`;

/**
 * What each kind is made from, and the most calls that were promised for one.
 * @type {{ type: string, how?: string, most: Partial<Record<Operation, number>>, make: (simulator: Simulator, index: number) => [object, object] }[]}
 */
const kinds = [
  {
    type: "Tsig",
    most: { create: 1, "no-op": 0, update: 1, delete: 1 },
    make: ({ accountId }, index) => [
      { accountId, name: `key-${index}.example.` },
      { accountId, name: `next-${index}.example.` },
    ],
  },
  {
    type: "TransferPeer",
    most: { "no-op": 0, update: 1, delete: 1 },
    make: ({ accountId }, index) => [
      { accountId, name: `ns${index}`, ip: "192.0.2.53" },
      { accountId, name: `ns${index}`, ip: "192.0.2.54" },
    ],
  },
  {
    type: "TransferAcl",
    most: { create: 1, "no-op": 0, update: 1, delete: 1 },
    make: ({ accountId }, index) => [
      { accountId, name: `acl-${index}`, ipRange: "192.0.2.53/32" },
      { accountId, name: `acl-${index}`, ipRange: "192.0.2.54/32" },
    ],
  },
  {
    type: "IncomingTransfer",
    most: { "no-op": 0 },
    make: ({ zones }, index) => {
      const { id: zoneId, name } = zones[index] ?? {};
      return [
        { zoneId, name, peers: [PEER] },
        { zoneId, name, peers: [PEER], autoRefreshSeconds: 300 },
      ];
    },
  },
  {
    type: "ZoneDnssec",
    most: { create: 2, "no-op": 0, update: 2 },
    make: ({ zones }, index) => [
      { zoneId: zones[index]?.id },
      { zoneId: zones[index]?.id, dnssecUseNsec3: true },
    ],
  },
  {
    type: "HostupDnssecAuto",
    how: " by id",
    most: { create: 2, "no-op": 0 },
    make: ({ domains }, index) => [
      { domainId: domains[index]?.id },
      { domainId: domains[index]?.id, action: "exclude" },
    ],
  },
  {
    type: "HostupDnssecAuto",
    how: " by name",
    most: { create: 2, "no-op": 0 },
    make: ({ domains }, index) => [
      { domainName: domains[index]?.name },
      { domainName: domains[index]?.name, action: "exclude" },
    ],
  },
  {
    type: "HostupDsRecord",
    most: { create: 3, "no-op": 0, refresh: 1, delete: 2 },
    make: ({ domains }, index) => {
      const ds = { keyTag: 2371, algorithm: 13, digestType: 2, digest: "5A".repeat(32) };
      // Another content is another record, so an update only looks.
      return [
        { domainId: domains[index]?.id, ...ds },
        { domainId: domains[index]?.id, ...ds, adopt: true },
      ];
    },
  },
];

/**
 * API calls of each operation on each resource, as the real engine causes them.
 * @param {import("./run.mjs").Context} context
 * @returns {Promise<import("./table.mjs").Part>}
 */
export async function calls({ workshop, thousand }) {
  const project = await workshop.project("calls", program);
  /** @type {import("./table.mjs").Row[]} */
  const rows = [];
  for (const { type, how = "", most, make } of kinds) {
    const [one, two, many] = await Promise.all([life(1), life(2), life(MANY)]);
    for (const operation of operations) {
      const [single, all] = [one[operation], many[operation]];
      // From two on: what is shared may be less for one alone.
      const each = (all - two[operation]) / (MANY - 2);
      const shared = two[operation] - 2 * each;
      const limit = most[operation];
      rows.push({
        name: `${type}${how}, ${operation}`,
        value: each,
        unit: shared === 0 ? "calls" : `calls + ${shared} a run`,
        ...(limit === undefined ? {} : { target: { most: limit } }),
        note: `${single} for 1, ${all} for ${MANY}`,
      });
    }

    /** @param {number} count */
    async function life(count) {
      const simulator = await workshop.simulator({ zones: MANY });
      await patchState(simulator, {
        peers: { [PEER]: { accountId: simulator.accountId, name: "standing" } },
      });
      const resources = Array.from({ length: count }, (_, index) => make(simulator, index));
      /** @param {0 | 1} version */
      const wanted = (version) => ({
        TYPE: type,
        RESOURCES: JSON.stringify(
          Object.fromEntries(resources.map((args, index) => [`r${index}`, args[version]])),
        ),
      });
      const stack = await project.stack(credentials(simulator));
      /** @type {(command: string, version: 0 | 1) => Promise<number>} */
      const callsOf = async (command, version) => {
        await stack.succeedWith(wanted(version), command, "--yes", "--skip-preview");
        return (await takeRequests(simulator)).length;
      };
      const counted = {
        create: await callsOf("up", 0),
        "no-op": await callsOf("up", 0),
        update: await callsOf("up", 1),
        refresh: await callsOf("refresh", 1),
        delete: await callsOf("destroy", 1),
      };
      await workshop.stop(simulator);
      return counted;
    }
  }
  const { refreshCalls, resources } = await thousand();
  rows.push({
    name: `Tsig, refresh of ${resources}`,
    value: refreshCalls,
    unit: "calls in all",
    target: { most: 10 },
  });
  return { title: "API calls for each resource", rows };
}
