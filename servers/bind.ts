import { withoutDot } from "../provider/core/domain-name";
import { heading, type PrimaryWants, type TransferKey } from "./wanted";

/** For named.conf; allows a transfer only to Cloudflare's addresses and with the key, both. */
export function bindConfig(wants: PrimaryWants): string {
  const { zoneName, keys, signing, secondary } = wants;
  const policy = `${zoneName}-for-cloudflare`;
  const acl = `cloudflare-for-${zoneName}`;
  // One for each key: the secondary answers the one that is signed with the key in use.
  const notify = keys.flatMap(({ name }) =>
    secondary.notify.map(({ address, port }) => `        ${address} port ${port} key "${name}";`),
  );
  return lines(
    `// ${heading(wants)}`,
    ...keys.flatMap(keyLines),
    ...(signing === "none" ? [] : policyLines(policy, signing)),
    `acl "${acl}" {`,
    ...secondary.transferFrom.map((address) => `    ${address};`),
    "};",
    `zone "${zoneName}" {`,
    "    type primary;",
    `    file "${zoneName}.zone";`,
    ...(signing === "none" ? [] : ["    inline-signing yes;", `    dnssec-policy "${policy}";`]),
    '    // Other secondaries go before "!{" (after it, only Cloudflare counts) and into also-notify (nobody else is told).',
    `    allow-transfer { !{ !"${acl}"; any; };${keys.map(({ name }) => ` key "${name}";`).join("")} };`,
    "    notify explicit;",
    "    also-notify {",
    ...notify,
    "    };",
    "};",
  );
}

function keyLines({ name, algo, secret }: TransferKey): string[] {
  return [`key "${name}" {`, `    algorithm ${withoutDot(algo)};`, `    secret "${secret}";`, "};"];
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
