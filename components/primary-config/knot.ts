import { algorithmName, heading, type PrimaryWants } from "./wanted";

/** For knot.conf; an ACL's address and key both have to match. */
export function knotConfig(wants: PrimaryWants): string {
  const { zoneName, keyName, secret, signing, peers } = wants;
  const key = keyName.replace(/\.$/, "");
  const policy = `${zoneName}-for-cloudflare`;
  const all = [
    `# ${heading(wants)}`,
    "key:",
    `  - id: ${key}`,
    `    algorithm: ${algorithmName(wants)}`,
    `    secret: ${secret}`,
    "remote:",
    "  - id: cloudflare",
    `    address: [${peers.notify.map(({ address, port }) => `${address}@${port}`).join(", ")}]`,
    `    key: ${key}`,
    "acl:",
    "  - id: cloudflare-transfer",
    `    address: [${peers.transferFrom.join(", ")}]`,
    `    key: ${key}`,
    "    action: transfer",
    ...(signing === "none" ? [] : policyLines(policy, signing)),
    "zone:",
    `  - domain: ${zoneName}`,
    `    file: ${zoneName}.zone`,
    "    zonefile-sync: -1",
    "    zonefile-load: difference-no-serial",
    "    journal-content: all",
    ...(signing === "none" ? [] : ["    dnssec-signing: on", `    dnssec-policy: ${policy}`]),
    "    notify: cloudflare",
    "    acl: cloudflare-transfer",
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
