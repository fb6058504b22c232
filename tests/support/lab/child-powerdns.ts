import { powerdns } from "../dns-primary-powerdns";
import { run } from "../dns-processes";
import { serveZone } from "../dns-serve-zone";
import { pdnsutilIn, powerdnsServer } from "../dns-server-powerdns";
import type { Child, ChildKind, ChildWish } from "./child";
import { childText, NAME_SERVERS, TTL } from "./zone-texts";

/** PowerDNS rolls no key by itself: what its operator does is a step each. */
export interface OperatedChild extends Child {
  /** Runs lines of a shell as somebody at the primary would. */
  readonly operate: (lines: string) => Promise<string>;
}

export const powerdnsChild: ChildKind<OperatedChild> = {
  name: "PowerDNS",
  commands: powerdnsServer.commands,
  async start(wish) {
    const { zone } = wish;
    const served = await serveZone(powerdnsServer, {
      zone,
      text: childText(zone, 1, wish.nameServers ?? NAME_SERVERS),
      config: config(wish),
    });
    return {
      ...served,
      publish: (serial, nameServers = NAME_SERVERS) => served.publish(childText(zone, serial, nameServers)),
      tellOfDs: async () => {},
      operate: (lines) => run("sh", ["-ec", `${pdnsutilIn(served.folder)}${lines}`], served.folder),
    };
  },
};

function config({ zone, signing, algorithm, keys: [key], secondary }: ChildWish): string {
  if (signing === "none" || key === undefined) throw new Error("it signs, and has a key for transfers");
  return `#   direct-dnskey=yes
${powerdns.configOf({ zone, key, notifyPort: secondary.port, denial: signing, algorithm })}
pdnsutil set-meta ${zone} ALSO-NOTIFY ${secondary.address}:${secondary.port}
pdnsutil add-record ${zone} @ CDS ${TTL} "$(pdnsutil export-zone-ds ${zone} | awk '$6 == 2 { print $4, $5, $6, $7 }')"
`;
}
