import { withoutDot } from "../provider/core/domain-name";
import { heading, type PrimaryWants } from "./wanted";

/** For nsd.conf. NSD does not sign: the zone file has to be signed before. */
export function nsdConfig(wants: PrimaryWants): string {
  const { zoneName, keys, signing, secondary } = wants;
  const all = [
    `# ${heading(wants)}`,
    ...(signing === "none" ? [] : signLines(zoneName, signing)),
    ...keys.flatMap(({ name, algo, secret }) => [
      "key:",
      `    name: "${name}"`,
      `    algorithm: ${withoutDot(algo)}`,
      `    secret: "${secret}"`,
    ]),
    "# Replaces the zone's own block: add a provide-xfr and a notify line for each other secondary.",
    "zone:",
    `    name: "${zoneName}"`,
    `    zonefile: "${zoneName}.zone${signing === "none" ? "" : ".signed"}"`,
    ...keys.flatMap(({ name }) => secondary.transferFrom.map((from) => `    provide-xfr: ${from} ${name}`)),
    // One for each key: the secondary answers the one that is signed with the key in use.
    ...keys.flatMap(({ name }) =>
      secondary.notify.map(({ address, port }) => `    notify: ${address}@${port} ${name}`),
    ),
  ];
  return `${all.join("\n")}\n`;
}

/**
 * A serial in the form of a date is more than the seconds of ldns-signzone's `-u`, which would raise it by one, once.
 * `-t 0`, since ldns-signzone would add an iteration; no salt unless one is given (RFC 9276 section 3.1).
 */
function signLines(zoneName: string, signing: "nsec" | "nsec3"): string[] {
  const file = `${zoneName}.zone`;
  const [ksk, zsk] = [`${zoneName}.ksk`, `${zoneName}.zsk`];
  const keygen = "ldns-keygen -a ECDSAP256SHA256";
  const nsec3 = signing === "nsec3" ? "-n -t 0 " : "";
  return [
    `# NSD does not sign. Save these lines as a script beside ${file}. Run it before the first load, after each change and,`,
    "# from cron, at least every two weeks: signatures last four. It adds the minutes since 1970 to the serial.",
    `# If the zone is signed already, its keys' names (K...) go into ${ksk} and ${zsk} first, and its serial must not fall.`,
    '#   cd "$(dirname "$0")"',
    `#   [ -s ${ksk} ] || ${keygen} -k ${zoneName} > ${ksk}`,
    `#   [ -s ${zsk} ] || ${keygen} ${zoneName} > ${zsk}`,
    `#   echo '$ORIGIN ${zoneName}.' | cat - ${file} | ldns-read-zone -S +$(($(date +%s) / 60)) > ${file}.raised`,
    `#   ldns-signzone ${nsec3}-o ${zoneName} -f ${file}.signed ${file}.raised $(cat ${ksk} ${zsk})`,
    `#   nsd-control reload ${zoneName}`,
  ];
}
