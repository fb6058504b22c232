import { configFor, type PrimaryConfig } from "../servers";
import { conflicts, parseZone, type RawZone } from "../servers/parse-zone";
import type { PrimaryZone } from "../servers/primary-zone";
import { refusal } from "./check-args/problem";

/** What the primary of a zone must know, of the SecondaryZone of this name; throws what is wrong with it. */
export function knownZone(name: string, raw: RawZone): PrimaryZone {
  const parsed = parseZone(raw);
  if ("value" in parsed) return parsed.value;
  throw refusal(`primaryConfig of SecondaryZone "${name}" cannot be created`, parsed.problems, CORRECT);
}

const CORRECT =
  "correct the TSIG at Cloudflare, or let the zone have another one. What is refused here would stand in a server's configuration.";

/** One configuration for all of them, of which one may have no key; throws what stands against it. */
export function textsFor(zones: readonly (PrimaryZone | undefined)[]): PrimaryConfig {
  const [first, ...others] = zones.filter((zone) => zone !== undefined);
  if (first === undefined || others.length < zones.length - 1) return WITHOUT_KEY;
  const problems = conflicts([first, ...others]);
  if (problems.length === 0) return configFor([first, ...others]);
  throw refusal("primaryConfig of these zones cannot be created", problems);
}

const NO_KEY = "A TSIG of this zone has no name, algorithm or secret, so there is no configuration.";
const WITHOUT_KEY: PrimaryConfig = {
  bind: `// ${NO_KEY}\n`,
  knot: `# ${NO_KEY}\n`,
  nsd: `# ${NO_KEY}\n`,
  powerdns: `# ${NO_KEY}\n`,
};
