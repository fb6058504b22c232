import { withoutDot } from "../../provider/core/domain-name";
import { heading, type PrimaryWants } from "./wanted";

/** For nsd.conf. NSD does not sign: the zone file has to be signed before. */
export function nsdConfig(wants: PrimaryWants): string {
  const { zoneName, keys, signing, secondary } = wants;
  const all = [
    `# ${heading(wants)}`,
    ...(signing === "none"
      ? []
      : [`# NSD does not sign. Before each load: ${signCommand(zoneName, signing)}`]),
    ...keys.flatMap(({ name, algo, secret }) => [
      "key:",
      `    name: "${name}"`,
      `    algorithm: ${withoutDot(algo)}`,
      `    secret: "${secret}"`,
    ]),
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

/** `-t 0`, since ldns-signzone would add an iteration; no salt unless one is given (RFC 9276 section 3.1). */
function signCommand(zoneName: string, signing: "nsec" | "nsec3"): string {
  const nsec3 = signing === "nsec3" ? "-n -t 0 " : "";
  return `ldns-signzone ${nsec3}-o ${zoneName} -f ${zoneName}.zone.signed ${zoneName}.zone KSK ZSK`;
}
