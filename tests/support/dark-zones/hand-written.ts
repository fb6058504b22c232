import type { DnsServer } from "../dns-server";
import { bindServer } from "../dns-server-bind";
import { knotServer } from "../dns-server-knot";
import type { TransferKey } from "../dns-tools";

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** What an operator has a primary do by a configuration of their own. */
export interface Wish {
  readonly zone: string;
  /** Each of them may transfer; NOTIFY is signed by the first. */
  readonly keys: readonly TransferKey[];
  readonly signing: "none" | "nsec" | "nsec3";
  /** How long resolvers keep the zone's keys, in seconds; an hour by default. */
  readonly keyTtl?: number;
  /** The simulator's DNS port; left out, the primary tells nobody of its changes. */
  readonly notify?: Endpoint | undefined;
}

export interface HandWritten {
  readonly server: DnsServer;
  readonly commands: readonly string[];
  readonly name: string;
  textOf(wish: Wish): string;
}

const bind: HandWritten = {
  name: "BIND",
  server: bindServer,
  commands: bindServer.commands,
  textOf: ({ zone, keys, signing, keyTtl = 3_600, notify }) => `
${keys.map(({ name, algorithm, secret }) => `key "${name}" { algorithm ${algorithm}; secret "${secret}"; };`).join("\n")}
dnssec-policy "by-hand" {
  dnskey-ttl ${keyTtl};
  keys { ksk lifetime unlimited algorithm ecdsap256sha256; zsk lifetime unlimited algorithm ecdsap256sha256; };
  ${signing === "nsec3" ? "nsec3param iterations 0 optout no salt-length 0;" : ""}
};
zone "${zone}" {
  type primary; file "${zone}.zone";
  ${signing === "none" ? "" : 'inline-signing yes; dnssec-policy "by-hand";'}
  allow-transfer { ${keys.map(({ name }) => `key "${name}"; `).join("")}};
  notify explicit;${notify ? ` also-notify { ${notify.address} port ${notify.port} key "${keys[0]?.name}"; };` : ""}
};
`,
};

const knot: HandWritten = {
  name: "Knot",
  server: knotServer,
  commands: knotServer.commands,
  textOf: ({ zone, keys, signing, keyTtl = 3_600, notify }) => `key:
${keys.map(({ name, algorithm, secret }) => `  - id: ${name}\n    algorithm: ${algorithm}\n    secret: ${secret}`).join("\n")}
remote:
  - id: secondary
    address: ${notify ? `${notify.address}@${notify.port}` : "127.0.0.1@9"}
    key: ${keys[0]?.name}
acl:
  - id: transfer
    key: [${keys.map(({ name }) => name).join(", ")}]
    action: transfer
policy:
  - id: by-hand
    algorithm: ecdsap256sha256
    dnskey-ttl: ${keyTtl}
    nsec3: ${signing === "nsec3" ? "on" : "off"}
    nsec3-iterations: 0
    nsec3-salt-length: 0
zone:
  - domain: ${zone}
    file: ${zone}.zone
    zonefile-sync: -1
    zonefile-load: difference-no-serial
    journal-content: all
    dnssec-signing: ${signing === "none" ? "off" : "on"}
    dnssec-policy: by-hand
${notify ? "    notify: secondary\n" : ""}    acl: transfer
`,
};

/** NSD is signed by a script, and PowerDNS signs what it is asked for: what a secondary gets is alike. */
export const HAND_WRITTEN = { bind, knot } as const;
