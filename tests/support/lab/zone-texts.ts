/** Of everything in the lab, so that what is cached is gone when a test has not waited long. */
export const TTL = 2;

/**
 * For how many seconds a resolver goes by a DS after its TTL: as long as by the keys that it validated with it at the last
 * moment. It counts whole seconds, of each.
 */
export const DS_OUTLIVED = TTL + 2;

/** What Cloudflare calls the two servers of a secondary zone, and the simulator too. */
export const NAME_SERVERS = ["ns0001.secondary.cloudflare.com.", "ns0002.secondary.cloudflare.com."];

/** A server of the lab's own that a zone may be delegated to: its primary, before Cloudflare serves it. */
export const PRIMARY_NAME = "primary.example.";

/** Of every SOA in the lab, in seconds. */
export const SOA_EXPIRE = 1_209_600;

const soa = (serial: number) => `SOA ns.example. hostmaster.example. ${serial} 3600 600 ${SOA_EXPIRE} ${TTL}`;

/** The root: where the parent is, and the secondary's servers, which have their names elsewhere. */
export function rootText(parent: string, secondary: string): string {
  return `$TTL ${TTL}
. ${soa(1)}
. NS ns.example.
example. NS ns.example.
ns.example. A ${parent}
*.secondary.cloudflare.com. A ${secondary}
`;
}

export function parentText(parent: string, primary: string): string {
  return `$ORIGIN example.
$TTL ${TTL}
@ ${soa(1)}
@ NS ns
ns A ${parent}
primary A ${primary}
`;
}

export function childText(zone: string, serial: number, nameServers: readonly string[]): string {
  return `$ORIGIN ${zone}.
$TTL ${TTL}
@ ${soa(serial)}
${nameServers.map((name) => `@ NS ${name}`).join("\n")}
@ TXT "version ${serial}"
www A 192.0.2.80
*.wild A 192.0.2.77
a.b.ent A 192.0.2.78
sub NS ns.sub
ns.sub A 192.0.2.53
`;
}
