import { type DomainName, parseDomainName } from "../provider/dns/domain-name";
import { parseBase64, parseTsigAlgorithm, tsigAlgorithms } from "../provider/dns/tsig-algorithm";
import { listed, type Parsing, type Problem, printable, shown } from "./parsing";
import { parsePolicyName } from "./policy-name";
import type { PrimaryZone, Signing, TransferKey, Zones } from "./primary-zone";
import { parseSecondary } from "./secondary-addresses";
import { parseZoneName } from "./zone-name";

/** A zone as the program and Cloudflare's API have it, not looked at yet. */
export interface RawZone {
  readonly zoneName: string;
  readonly keys: readonly RawKey[];
  readonly signing: Signing;
  /** Counts only where the primary signs. */
  readonly policy?: unknown;
  readonly cloudflareAddresses: unknown;
  /** In place of a value that `IncomingTransfer` refuses stands the default. */
  readonly autoRefreshSeconds: unknown;
}

/** A TSIG as the API has it: name and algorithm with the final dot, the secret in base64. */
export interface RawKey {
  readonly name: string;
  readonly algo: string;
  readonly secret: string;
}

/**
 * All of it ends up in servers' configurations and in shell commands, and some comes from an account that others
 * may write to: what is not of the form that it should have is refused, and what is refused is all named.
 */
export function parseZone(raw: RawZone): Parsing<PrimaryZone> {
  const name = parseZoneName(raw.zoneName);
  const secondary = parseSecondary(raw.cloudflareAddresses);
  const policy = raw.policy === undefined ? { value: undefined } : parsePolicyName(raw.policy);
  const keys = raw.keys.map(parseKey);
  const [active, ...others] = keys.flatMap((key) => ("value" in key ? [key.value] : []));
  const problems = [name, policy, secondary, ...keys].flatMap((each) =>
    "problems" in each ? each.problems : [],
  );
  if (problems.length > 0 || !("value" in name) || !("value" in secondary) || !("value" in policy))
    return { problems };
  if (active === undefined) return { problems: [{ path: "tsig", given: "no key", allowed: "at least one" }] };
  const rest = {
    signing: raw.signing,
    policy: policy.value,
    secondary: secondary.value,
    refreshSeconds: refreshOf(raw),
  };
  return { value: { name: name.value, keys: [active, ...others], ...rest } };
}

function refreshOf({ autoRefreshSeconds: given }: RawZone): number {
  return typeof given === "number" && Number.isInteger(given) && given >= 300 ? given : 86_400;
}

function parseKey({ name: nameText, algo, secret: secretText }: RawKey): Parsing<TransferKey> {
  const name = parseDomainName(nameText);
  const algorithm = parseTsigAlgorithm(algo);
  const secret = parseBase64(secretText);
  if ("name" in name && algorithm !== undefined && secret !== undefined)
    return { value: { name: name.name, algorithm, secret } };
  const path = `the TSIG ${shown(nameText)}`;
  const problems: Problem[] = [];
  if ("problem" in name)
    problems.push({
      path: `${path}: name`,
      given: shown(nameText),
      allowed: `a domain name (${printable(name.problem)})`,
    });
  if (algorithm === undefined)
    problems.push({ path: `${path}: algo`, given: shown(algo), allowed: listed(tsigAlgorithms) });
  if (secret === undefined)
    problems.push({
      path: `${path}: secret`,
      given: "not acceptable (it is secret, so not shown)",
      allowed: "base64 (RFC 4648) of 1 to 1024 bytes on one line",
    });
  return { problems };
}

/** What zones cannot have on one server: Cloudflare's account may hold two keys of one name. */
export function conflicts(zones: Zones): Problem[] {
  const names = zones.map(({ name }) => name);
  return [
    ...repeated(names).map((name) => ({
      path: "zones",
      given: `"${name}" twice`,
      allowed: "each zone once",
    })),
    ...namesakes(zones.flatMap(({ keys }) => keys)),
  ];
}

function namesakes(keys: readonly TransferKey[]): Problem[] {
  const different = new Map(keys.map((key) => [JSON.stringify(key), key.name]));
  return repeated([...different.values()]).map((name) => ({
    path: "tsig",
    given: `two different keys that are both called "${name}"`,
    allowed: "one key of each name",
  }));
}

function repeated(names: readonly DomainName[]): DomainName[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
