import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, run } from "../dns-processes";
import { serveZone } from "../dns-serve-zone";
import { bindServer } from "../dns-server-bind";
import type { ChildKind, ChildWish, RollingChild } from "./child";
import { keyTagOf } from "./ds";
import { childText, DS_OUTLIVED, NAME_SERVERS, TTL } from "./zone-texts";

const CONTROL_KEY = `key "control" { algorithm hmac-sha256; secret "${Buffer.alloc(32, 2).toString("base64")}"; };\n`;

export const bindChild: ChildKind<RollingChild> = {
  name: "BIND",
  commands: [...bindServer.commands, "rndc"],
  async start(first) {
    let wish = first;
    const { zone } = first;
    const control = await freePort();
    const served = await serveZone(bindServer, {
      zone,
      text: childText(zone, 1, first.nameServers ?? NAME_SERVERS),
      config: config(first, control),
    });
    const keyFile = join(served.folder, "control.key");
    writeFileSync(keyFile, CONTROL_KEY);
    const dnssec = async (...args: readonly string[]) => {
      const answer = await run("rndc", ["-p", `${control}`, "-k", keyFile, "dnssec", ...args, zone]);
      // rndc ends well also when named has not done it.
      if (/error|fail/i.test(answer)) throw new Error(`rndc dnssec ${args.join(" ")}: ${answer}`);
    };
    return {
      ...served,
      configure: async (change) => {
        wish = { ...wish, ...change };
        await served.configure(config(wish, control));
      },
      publish: (serial, nameServers = NAME_SERVERS) => served.publish(childText(zone, serial, nameServers)),
      rollKsk: (ds) => dnssec("-rollover", "-key", keyTagOf(ds)),
      tellOfDs: async (added, removed) => {
        for (const ds of added) await dnssec("-checkds", "-key", keyTagOf(ds), "published");
        for (const ds of removed) await dnssec("-checkds", "-key", keyTagOf(ds), "withdrawn");
      },
    };
  },
};

function config({ zone, signing, algorithm, keys, secondary, dsTtl }: ChildWish, control: number): string {
  const names = keys.map(({ name }) => `key "${name}";`);
  const notify = names.map((name) => `${secondary.address} port ${secondary.port} ${name}`);
  return `${CONTROL_KEY}controls { inet 127.0.0.1 port ${control} allow { 127.0.0.1; } keys { "control"; }; };
${keys.map((key) => `key "${key.name}" { algorithm ${key.algorithm}; secret "${key.secret}"; };`).join("\n")}
dnssec-policy "lab" {
  keys { ksk lifetime unlimited algorithm ${algorithm}; zsk lifetime unlimited algorithm ${algorithm}; };
  ${signing === "nsec3" ? "nsec3param iterations 0 optout no salt-length 0;" : ""}
  // NOTIFY, transfer and a machine that does three things at once.
  dnskey-ttl ${TTL}; max-zone-ttl ${TTL}; zone-propagation-delay 3; publish-safety 1; retire-safety 1;
  parent-ds-ttl ${dsTtl}; parent-propagation-delay ${DS_OUTLIVED};
};
zone "${zone}" {
  type primary; file "${zone}.zone";
  ${signing === "none" ? "" : 'inline-signing yes; dnssec-policy "lab";'}
  allow-transfer { ${names.join(" ")} };
  notify explicit; also-notify { ${notify.join(" ")} };
};
`;
}
