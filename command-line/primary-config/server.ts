import type { PrimaryConfig } from "../../servers";
import { shown } from "../../servers/parsing";
import { UsageError } from "../arguments";
import { didYouMean } from "../did-you-mean";

export type Server = keyof PrimaryConfig;

/** None of the files has the name of one that the server itself comes with, so that none is written over. */
export const SERVERS: Readonly<Record<Server, { readonly title: string; readonly file: string }>> = {
  bind: { title: "BIND", file: "secondary-dns.bind.conf" },
  knot: { title: "Knot DNS", file: "secondary-dns.knot.conf" },
  nsd: { title: "NSD", file: "secondary-dns.nsd.conf" },
  powerdns: { title: "PowerDNS", file: "secondary-dns.powerdns.sh" },
};
const NAMES = ["bind", "knot", "nsd", "powerdns"] as const satisfies readonly Server[];

/** Those that were asked for, each once; all where none was. */
export function serversCalled(names: readonly string[]): readonly Server[] {
  const servers = names.map((name) => {
    const known = NAMES.find((each) => each === name.toLowerCase());
    if (known !== undefined) return known;
    throw new UsageError(
      `There is no server ${shown(name)}; allowed: ${NAMES.join(", ")}.${didYouMean(name, NAMES)}`,
    );
  });
  return servers.length === 0 ? NAMES : [...new Set(servers)];
}
