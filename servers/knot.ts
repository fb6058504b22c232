import { withoutDot } from "../provider/core/domain-name";
import { heading, type PrimaryWants } from "./wanted";

/** For knot.conf; an ACL's address and key both have to match. The key alone is enough for questions, not for transfers. */
export function knotConfig(wants: PrimaryWants): string {
  const { zoneName, signing, secondary } = wants;
  const keys = wants.keys.map(({ name, ...rest }) => ({ ...rest, id: withoutDot(name) }));
  const notify = secondary.notify.map(({ address, port }) => `${address}@${port}`).join(", ");
  const policy = `${zoneName}-for-cloudflare`;
  const transfers = `${zoneName}-to-cloudflare`;
  const questions = `${zoneName}-asked-by-key`;
  const keyIds = keys.map(({ id }) => id).join(", ");
  // One for each key: the secondary answers the one that is signed with the key in use.
  const remotes = keys.map(({ id }) => ({ id: `${zoneName}-at-cloudflare-by-${id}`, key: id }));
  const all = [
    `# ${heading(wants)}`,
    "key:",
    ...keys.flatMap(({ id, algo, secret }) => [
      `  - id: ${id}`,
      `    algorithm: ${withoutDot(algo)}`,
      `    secret: ${secret}`,
    ]),
    "remote:",
    ...remotes.flatMap(({ id, key }) => [`  - id: ${id}`, `    address: [${notify}]`, `    key: ${key}`]),
    "acl:",
    `  - id: ${transfers}`,
    `    address: [${secondary.transferFrom.join(", ")}]`,
    `    key: [${keyIds}]`,
    "    action: transfer",
    // Knot takes a signed question from nowhere else without this, and Pulumi asks with the key for the SOA.
    `  - id: ${questions}`,
    `    key: [${keyIds}]`,
    "    action: query",
    ...(signing === "none" ? [] : policyLines(policy, signing)),
    "# Replaces the zone's own block: add other secondaries, their remote ids to notify and their acl ids to acl.",
    "zone:",
    `  - domain: ${zoneName}`,
    `    file: ${zoneName}.zone`,
    "    zonefile-sync: -1",
    "    zonefile-load: difference-no-serial",
    "    journal-content: all",
    ...(signing === "none" ? [] : ["    dnssec-signing: on", `    dnssec-policy: ${policy}`]),
    `    notify: [${remotes.map(({ id }) => id).join(", ")}]`,
    `    acl: [${transfers}, ${questions}]`,
  ];
  return `${all.join("\n")}\n`;
}

/** No iterations and no salt: RFC 9276 section 3.1. */
function policyLines(policy: string, signing: "nsec" | "nsec3"): string[] {
  return [
    "policy:",
    `  - id: ${policy}`,
    "    algorithm: ecdsap256sha256",
    ...(signing === "nsec3" ? ["    nsec3: on", "    nsec3-iterations: 0", "    nsec3-salt-length: 0"] : []),
  ];
}
