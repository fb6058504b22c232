import { createProgress } from "../../provider/core/progress";
import type { SettingsSource } from "../../provider/core/settings";
import { parseDomainName, undottedALabels, withoutDot } from "../../provider/dns/domain-name";
import { createNotices } from "../../provider/http/notices";
import { createTransport, type Transport } from "../../provider/http/transport";
import { createClients } from "../../provider/runtime/clients";
import { shown } from "../../servers/parsing";
import { parseArguments, UsageError } from "../arguments";
import type { Command } from "../command";
import { settingsOf } from "../stack/configuration";
import { parseDeployment, type SavedResource } from "../stack/deployment";
import { readJson, type StackPlace } from "../stack/pulumi";
import { savedZones } from "../stack/saved-zones";
import { StackError } from "../stack/stack-error";
import type { Terminal } from "../terminal";
import { findSubject, hostupDomainOf } from "./find-subject";
import { HELP } from "./help";
import { judge } from "./judge";
import { look } from "./look";
import { lookAtHostup } from "./look-at-hostup";
import { jsonReport, textReport, worstOf } from "./report";

export const doctor: Command = {
  usage: "doctor ZONE [options]",
  summary: "checks a zone from primary to parent and says what is wrong",
  help: HELP,
  failed: 2,
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, {
      stack: { type: "string" },
      json: { type: "boolean" },
    });
    const zoneName = zoneOf(positionals);
    const place = { stack: values.stack, folder: terminal.folder, env: terminal.env };
    const { source, resources } = await stackOrEnvironment(place, terminal);
    const { zones } = savedZones(resources);
    const known = zones.map((zone) => undottedALabels(zone.zoneName));
    const saved = zones.find((zone) => undottedALabels(zone.zoneName) === zoneName);
    const clients = createClients(transportTo(terminal));
    const access = clients.chain(source, saved?.profile ?? undefined);
    const subject =
      saved === undefined
        ? await findSubject(access.cloudflare, zoneName, known)
        : { zoneName, zoneId: saved.zoneId, accountId: saved.accountId };
    const seen = await look(access, subject, () =>
      lookAtHostup(clients, source, hostupDomainOf(zoneName, saved)),
    );
    const findings = judge(seen);
    terminal.print(values.json ? jsonReport(seen, findings) : textReport(seen, findings));
    return worstOf(findings) === "fault" ? 1 : 0;
  },
};

/** What is said on the way must not get between what a program reads. */
function transportTo({ note }: Terminal): Transport {
  const print = (line: string) => note(`${line}\n`);
  return createTransport({ progress: createProgress(print), notices: createNotices(print) });
}

function zoneOf([given, another]: readonly string[]): string {
  if (given === undefined) throw new UsageError("doctor needs the name of a zone.");
  if (another !== undefined)
    throw new UsageError(`doctor checks one zone, and ${shown(another)} is a second one.`);
  const parsed = parseDomainName(undottedALabels(given));
  if ("name" in parsed) return withoutDot(parsed.name);
  throw new UsageError(`${shown(given)} is not a zone name: ${parsed.problem}.`);
}

interface Stack {
  readonly source: SettingsSource;
  readonly resources: readonly SavedResource[];
}

/** A stack that was named has to be there; otherwise, where there is none, the environment has to do. */
async function stackOrEnvironment(place: StackPlace, terminal: Terminal): Promise<Stack> {
  try {
    // Without --show-secrets: what the doctor needs of the state is not secret.
    const [source, state] = await Promise.all([settingsOf(place), readJson(place, "stack", "export")]);
    return { source, resources: parseDeployment(state) };
  } catch (error) {
    if (!(error instanceof StackError) || place.stack !== undefined || !MISSING.includes(error.problem))
      throw error;
    terminal.note(`${error.message.split("\n")[0]} Using the settings in the environment.\n`);
    return { source: { config: () => undefined, env: (name) => place.env[name] }, resources: [] };
  }
}

const MISSING: readonly StackError["problem"][] = ["no pulumi", "no project", "no stack"];
