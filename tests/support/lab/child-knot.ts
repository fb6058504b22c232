import { run } from "../dns-processes";
import { serveZone } from "../dns-serve-zone";
import { knotServer } from "../dns-server-knot";
import type { ChildKind, ChildWish, RollingChild } from "./child";
import { childText, DS_OUTLIVED, NAME_SERVERS, TTL } from "./zone-texts";

export const knotChild: ChildKind<RollingChild> = {
  name: "Knot",
  commands: knotServer.commands,
  async start(first) {
    let wish = first;
    const { zone } = first;
    const served = await serveZone(knotServer, {
      zone,
      text: childText(zone, 1, first.nameServers ?? NAME_SERVERS),
      config: config(first),
    });
    return {
      ...served,
      configure: async (change) => {
        wish = { ...wish, ...change };
        await served.configure(config(wish));
      },
      publish: (serial, nameServers = NAME_SERVERS) => served.publish(childText(zone, serial, nameServers)),
      rollKsk: async () =>
        void (await run("knotc", ["-c", "knot.conf", "-b", "zone-key-rollover", zone, "ksk"], served.folder)),
      // It asks the parent, every second. `knotc zone-ksk-submitted` would drop the old key at once, with its DS in caches.
      tellOfDs: async () => {},
    };
  },
};

function config({ zone, signing, algorithm, keys, secondary, parent }: ChildWish): string {
  const ids = keys.map(({ name }) => name).join(", ");
  return `key:
${keys.map((key) => `  - id: ${key.name}\n    algorithm: ${key.algorithm}\n    secret: ${key.secret}`).join("\n")}
remote:
  - id: parent
    address: ${parent.address}@${parent.port}
${keys.map(({ name }) => `  - id: by-${name}\n    address: ${secondary.address}@${secondary.port}\n    key: ${name}`).join("\n")}
acl:
  - id: by-key
    key: [${ids}]
    action: [query, transfer]
submission:
  - id: parent
    parent: parent
    check-interval: 1
    parent-delay: ${DS_OUTLIVED}
policy:
  - id: lab
    algorithm: ${algorithm}
    nsec3: ${signing === "nsec3" ? "on" : "off"}
    nsec3-iterations: 0
    nsec3-salt-length: 0
    dnskey-ttl: ${TTL}
    zone-max-ttl: ${TTL}
    propagation-delay: 1
    ksk-submission: parent
zone:
  - domain: ${zone}
    file: ${zone}.zone
    zonefile-sync: -1
    zonefile-load: difference-no-serial
    journal-content: all
    dnssec-signing: ${signing === "none" ? "off" : "on"}
    dnssec-policy: lab
    notify: [${keys.map(({ name }) => `by-${name}`).join(", ")}]
    acl: by-key
`;
}
