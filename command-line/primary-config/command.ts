import { join, resolve } from "node:path";
import { RefusedError } from "../../provider/core/errors";
import { withoutDot } from "../../provider/dns/domain-name";
import { configFor, type PrimaryConfig } from "../../servers";
import { conflicts } from "../../servers/parse-zone";
import { problemLine, shown } from "../../servers/parsing";
import type { Zones } from "../../servers/primary-zone";
import { parseArguments, UsageError } from "../arguments";
import type { Command } from "../command";
import { didYouMean } from "../did-you-mean";
import { parseDeployment } from "../stack/deployment";
import { readJson } from "../stack/pulumi";
import type { Terminal } from "../terminal";
import { addressesOf, otherAddresses } from "./addresses";
import { changeLines, changesBetween } from "./changes";
import { HELP } from "./help";
import { SERVERS, type Server, serversCalled } from "./server";
import { withoutSecrets } from "./without-secrets";
import { readExisting, writePrivate } from "./write-file";
import { type ZoneOfStack, zonesOfStack } from "./zones-of-stack";

export const primaryConfig: Command = {
  usage: "primary-config [options]",
  summary: "shows what to put on your primary, even after a failed up",
  help: HELP,
  failed: 1,
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, {
      stack: { type: "string" },
      server: { type: "string", multiple: true },
      zone: { type: "string", multiple: true },
      write: { type: "string" },
      "show-secrets": { type: "boolean" },
      "cloudflare-addresses": { type: "string" },
    });
    const [misplaced] = positionals;
    if (misplaced !== undefined)
      throw new UsageError(`${shown(misplaced)} is not an option. Name a zone with --zone ZONE.`);
    const servers = serversCalled(values.server ?? []);
    const addresses = await addressesOf(values["cloudflare-addresses"]);
    const place = { stack: values.stack, folder: terminal.folder, env: terminal.env };
    const resources = parseDeployment(await readJson(place, "stack", "export", "--show-secrets"));
    const zones = usable(wanted(zonesOfStack(resources, addresses), values.zone ?? []), terminal);
    if (addresses === undefined) terminal.note(otherAddresses(resources));
    const config = configFor(zones);
    if (values.write !== undefined)
      await write(config, servers, resolve(terminal.folder, values.write), terminal);
    else print(config, servers, { zones, isOpen: values["show-secrets"] === true }, terminal);
    return 0;
  },
};

/** Those that were named, or all. */
function wanted(all: readonly ZoneOfStack[], names: readonly string[]): readonly ZoneOfStack[] {
  if (all.length === 0)
    throw new RefusedError(
      'The state of this stack has no SecondaryZone.\nNext: run "pulumi up" first (a preview creates nothing), or name the stack that has it with --stack.',
    );
  if (names.length === 0) return all;
  const known = all.map(({ zoneName }) => zoneName);
  const asked = new Set(names.map((name) => withoutDot(name.toLowerCase())));
  for (const name of asked) {
    if (known.includes(name)) continue;
    throw new RefusedError(
      `The state of this stack has no zone ${shown(name)}.${didYouMean(name, known)}\nNext: name one of its zones: ${known.join(", ")}.`,
    );
  }
  return all.filter(({ zoneName }) => asked.has(zoneName));
}

/** Those that a configuration can be made for; of the others is told why not. */
function usable(zones: readonly ZoneOfStack[], terminal: Terminal): Zones {
  const [first, ...others] = zones.flatMap((each) => ("zone" in each ? [each.zone] : []));
  const faults = zones.flatMap((each) =>
    "why" in each ? [`There is nothing for ${each.zoneName}: ${each.why}`] : [],
  );
  if (first === undefined) throw new RefusedError(faults.join("\n"));
  for (const fault of faults) terminal.note(`${fault}\n`);
  const problems = conflicts([first, ...others]);
  if (problems.length === 0) return [first, ...others];
  throw new RefusedError(
    [
      "These zones cannot be in one configuration:",
      ...problems.map((each) => `  ${problemLine(each)}`),
      "Next: name with --zone the zones of one server.",
    ].join("\n"),
  );
}

function print(
  config: PrimaryConfig,
  servers: readonly Server[],
  { zones, isOpen }: { readonly zones: Zones; readonly isOpen: boolean },
  { print, note }: Terminal,
): void {
  for (const server of servers) {
    // Of one server the text can be piped as it is.
    if (servers.length > 1) print(`---- ${SERVERS[server].title} (--server ${server}) ----\n`);
    print(isOpen ? config[server] : withoutSecrets(config[server], zones));
  }
  if (!isOpen)
    note(
      "\nThe secrets are not shown.\nNext: --write DIR puts them into files that only you can read; --show-secrets shows them here.\n",
    );
}

async function write(
  config: PrimaryConfig,
  servers: readonly Server[],
  folder: string,
  { print }: Terminal,
): Promise<void> {
  for (const server of servers) {
    const file = join(folder, SERVERS[server].file);
    const before = await readExisting(file);
    // Written also when it is the same: others may be able to read what stands there.
    await writePrivate(file, config[server]);
    print(`${file}: ${whatHappened(before, config[server])}\n`);
  }
}

function whatHappened(before: string | undefined, after: string): string {
  if (before === undefined) return "new";
  if (before === after) return "unchanged";
  const changes = changesBetween(before, after);
  const counts = `changed (lines: ${changes.added.length} added, ${changes.removed.length} removed)`;
  return [counts, ...changeLines(changes)].join("\n");
}
