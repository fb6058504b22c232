import { algorithmName, heading, type PrimaryWants } from "./wanted";

/** For named.conf; allows a transfer only to Cloudflare's addresses and with the key, both. */
export function bindConfig(wants: PrimaryWants): string {
  const { zoneName, keyName, secret, signing, peers } = wants;
  const policy = `${zoneName}-for-cloudflare`;
  const notify = peers.notify.map(({ address, port }) => `        ${address} port ${port} key "${keyName}";`);
  return lines(
    `// ${heading(wants)}`,
    `key "${keyName}" {`,
    `    algorithm ${algorithmName(wants)};`,
    `    secret "${secret}";`,
    "};",
    ...(signing === "none" ? [] : policyLines(policy, signing)),
    `acl "cloudflare" {`,
    ...peers.transferFrom.map((address) => `    ${address};`),
    "};",
    `zone "${zoneName}" {`,
    "    type primary;",
    `    file "${zoneName}.zone";`,
    ...(signing === "none" ? [] : ["    inline-signing yes;", `    dnssec-policy "${policy}";`]),
    `    allow-transfer { !{ !"cloudflare"; any; }; key "${keyName}"; };`,
    "    notify explicit;",
    "    also-notify {",
    ...notify,
    "    };",
    "};",
  );
}

/** No iterations and no salt: RFC 9276 section 3.1. */
function policyLines(policy: string, signing: "nsec" | "nsec3"): string[] {
  return [
    `dnssec-policy "${policy}" {`,
    "    keys {",
    "        ksk lifetime unlimited algorithm ecdsap256sha256;",
    "        zsk lifetime unlimited algorithm ecdsap256sha256;",
    "    };",
    ...(signing === "nsec3" ? ["    nsec3param iterations 0 optout no salt-length 0;"] : []),
    "};",
  ];
}

function lines(...all: string[]): string {
  return `${all.join("\n")}\n`;
}
