// @ts-check
import { isDeepStrictEqual } from "node:util";
import { dsAtParent } from "./at-parent.mjs";
import { controlOf } from "./control.mjs";
import { show, step, tell } from "./narrator.mjs";
import { validated } from "./served.mjs";

const PARENT_TTL = 2;

/**
 * The main job, told by the real engine: from nothing to a zone that is served and validates, and back.
 * @param {object} cast
 * @param {import("../../simulator/index.js").Simulator} cast.simulator
 * @param {import("./stack.mjs").Stack} cast.stack
 * @param {import("./primary.mjs").Primary} cast.primary
 * @param {string} cast.folder
 */
export async function tellStory({ simulator, stack, primary, folder }) {
  const { pulumi, refused, forced, configure, outputs } = stack;
  const control = controlOf(simulator);
  const [zone] = simulator.zones;
  if (zone === undefined) throw new Error("the simulator has no zone");
  const { id, name } = zone;
  const [oldKey, newKey] = [`cf-2026.${name}.`, `cf-2027.${name}.`];
  const domainId = simulator.domains[0]?.id ?? "";
  const zoneState = async () => (await control.state()).zones[id];
  const [notifyAddress = "", notifyPort = ""] = simulator.dns.split(":");
  await control.change({
    zones: { [id]: { parent: { ttl: PARENT_TTL } } },
    domains: { [domainId]: { name } },
  });
  const standing = async () => {
    const { zones, domains } = await control.state();
    return settingsOf(zones[id], domains[domainId]);
  };
  const before = await standing();
  /** What waits for resolvers to forget keys, which they keep too long of some primaries. */
  const outliving = (/** @type {string[]} */ ...args) => {
    if (primary.keyTtl === "short") return pulumi(...args);
    tell(`(Resolvers may keep the keys of ${primary.name} for up to an hour: SECONDARY_DNS_FORCE.)`, "dim");
    return forced(name, ...args);
  };
  await configure({
    accountId: simulator.accountId,
    zoneId: id,
    zoneName: name,
    "keys[0]": oldKey,
    active: oldKey,
    "lab.cloudflare.transferFrom[0]": "127.0.0.1",
    "lab.cloudflare.notify[0].address": notifyAddress,
    "lab.cloudflare.notify[0].port": notifyPort,
  });

  step(`What would change? One SecondaryZone for ${name}`, "pulumi preview");
  show(await pulumi("preview"));

  step("Make the TSIG key. DNSSEC is left alone until there is a primary", "pulumi up");
  show(await pulumi("up", "--yes", "--skip-preview"));

  const config = (await outputs()).primaryConfig;
  step(
    `Put the key on the primary: what primaryConfig has for ${SERVERS[primary.part]} begins so`,
    "pulumi stack output primaryConfig",
  );
  tell(keyLines(config[primary.part]), "dim");
  await primary.take(config);
  tell(`${primary.name} has it, on 127.0.0.1 port ${primary.port}.`);

  step("Name the primary. Waiting for a transfer, then presigned DNSSEC is turned on", "pulumi up");
  await configure({ "primary.address": "127.0.0.1", "primary.port": String(primary.port) });
  show(await pulumi("up", "--yes", "--skip-preview"));

  const ds = dataOf((await outputs()).ds);
  step("Does the zone answer, and does it validate?", `delv @${notifyAddress} -p ${notifyPort} ${name}`);
  const { serial, records, tsigKey } = (await zoneState())?.transfer ?? {};
  tell(`Transferred: ${records} records, serial ${serial}, TSIG ${tsigKey}`);
  const expectValidated = async () => {
    for (const line of await validated({ dns: simulator.dns, zone: name, ds, folder })) tell(line, "green");
  };
  await expectValidated();

  step(
    "Rotate the key without a failed transfer: a second one, first at the primary",
    "pulumi up; pulumi up",
  );
  await configure({ "keys[1]": newKey });
  show(await pulumi("up", "--yes", "--skip-preview"));
  await primary.take((await outputs()).primaryConfig);
  await configure({ active: newKey });
  show(await pulumi("up", "--yes", "--skip-preview"));
  tell(`The zone is transferred with TSIG ${(await zoneState())?.transfer.tsigKey} now`);

  step(
    "Somebody turns presigned off in the console. Does anybody notice?",
    "pulumi preview --refresh --diff",
  );
  await control.change({ zones: { [id]: { dnssec: { dnssec_presigned: false } } } });
  const drift = await pulumi("preview", "--refresh", "--diff");
  const line = drift.split("\n").find((text) => /dnssecPresigned\s*: false => true/.test(text));
  if (line === undefined) throw new Error(`the preview does not show the drift:\n${drift}`);
  tell(`zone-dnssec ${line.trim()}`, "yellow");

  step("Put it back", "pulumi up --refresh");
  show(await pulumi("up", "--yes", "--skip-preview", "--refresh"));
  await pulumi("preview", "--refresh", "--expect-no-changes");
  await expectValidated();

  step("Publish the DS at HostUp, once the zone is seen to be signed", "pulumi up");
  await configure({ atHostup: "true" });
  show(await outliving("up", "--yes", "--skip-preview"));

  step(
    "Does it arrive at the parent, and do answers validate by it?",
    `delv @${notifyAddress} -p ${notifyPort} ${name}`,
  );
  const arrived = await dsAtParent({ dns: simulator.dns, zone: name });
  tell(`A resolver has from the parent: DS ${arrived}`);
  const through = "through the resolver, by that DS";
  for (const line of await validated({ dns: simulator.dns, zone: name, ds: arrived, folder, through }))
    tell(line, "green");
  tell("(The simulated parent is not signed: the chain begins at the DS.)", "dim");

  step("May Cloudflare sign instead?", "pulumi refresh; pulumi preview; pulumi up");
  await pulumi("refresh", "--yes", "--skip-preview");
  await configure({ signing: "live" });
  tell(warningIn(await pulumi("preview")), "yellow");
  tell(refusalIn(await refused("up", "--yes", "--skip-preview")), "red");
  tell("Nothing has changed; every resolver would have called the answers bogus:");
  await expectValidated();
  await configure({ signing: "presigned" });

  step("Take everything down: the DS first, the rest when resolvers forget it", "pulumi destroy");
  show(await outliving("destroy", "--yes", "--skip-preview"));
  const after = await standing();
  if (!isDeepStrictEqual(after, before))
    throw new Error(`the zone is not as it was: ${JSON.stringify(after)}`);
  const { tsigs, peers } = await control.state();
  if (Object.keys({ ...tsigs, ...peers }).length > 0) throw new Error("a key or a peer was left");
  tell("Zone and domain are as they were before, and no key and no peer is left.", "green");

  console.log(`\nDone: ${await control.calls()} API calls in all, none of them to the real services.`);
}

/**
 * @param {import("../../simulator/index.js").State["zones"][string] | undefined} zone
 * @param {import("../../simulator/index.js").State["domains"][string] | undefined} domain
 */
function settingsOf(zone, domain) {
  if (zone === undefined || domain === undefined) throw new Error("the zone or its domain is gone");
  const { status, dnssec_presigned, dnssec_use_nsec3, dnssec_multi_signer } = zone.dnssec;
  const dnssec = { status, dnssec_presigned, dnssec_use_nsec3, dnssec_multi_signer };
  const { dsRecords, dnssecAuto } = domain;
  return { dnssec, incoming: zone.incoming, ds: zone.parent.ds, dsRecords, automation: dnssecAuto.status };
}

const SERVERS = { bind: "BIND", knot: "Knot", nsd: "NSD", powerdns: "PowerDNS" };

/**
 * Up to the key's secret, which is not shown.
 * @param {string} text
 */
function keyLines(text) {
  const lines = text.split("\n").filter((line) => !/^(#|\/\/)/.test(line));
  const secret = /(['" ])([A-Za-z0-9+/]{40,}=*)(['"]?)/;
  const end = lines.findIndex((line) => secret.test(line));
  return lines
    .slice(0, end + 1)
    .map((line) => line.replace(secret, "$1…$3"))
    .join("\n");
}

/** @param {string} ds */
function dataOf(ds) {
  return (/ DS (.+)$/m.exec(ds) ?? [])[1] ?? "";
}

/**
 * A preview knows of the DS what the state does.
 * @param {string} output
 */
function warningIn(output) {
  const warning = output.split("\n").findLast((line) => line.includes("Danger for "));
  if (warning === undefined) throw new Error(`the preview does not warn:\n${output}`);
  return warning.trim();
}

/**
 * The provider's own words, which the CLI ends with.
 * @param {string} output
 */
function refusalIn(output) {
  const lines = output.split("\n").map((line) => line.replace(/^ {4}/, ""));
  const start = lines.findLastIndex((line) => line.includes("stays as it is"));
  const end = lines.findIndex((line, at) => at > start && line.startsWith("To force it"));
  if (start < 0 || end < 0) throw new Error(`the outage is not refused:\n${output}`);
  const [first = "", ...others] = lines.slice(start, end + 1);
  return [first.replace(/^\s*(error: )?(\d+ error occurred:\s*)?(\* )?/, "").trim(), ...others].join("\n");
}
