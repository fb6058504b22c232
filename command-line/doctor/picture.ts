import { servedSerial } from "../../provider/chain/guard/transfer-progress";
import type { ZoneView } from "../../provider/chain/view/zone-view";
import type { Primary } from "../../provider/dns/primary";
import { hostOf } from "./delegation";
import type { Finding, Place, Verdict } from "./finding";
import type { Seen } from "./seen";
import { SIGNERS, servingBy } from "./serving";
import { kindOf } from "./words";

const WIDTH = 66;

/** The chain from the primaries to the parent in plain text, with the worst verdict of each primary and of each other part. */
export function picture(seen: Seen, findings: readonly Finding[]): string {
  const { chain, incoming, dnssec } = seen;
  const serial = incoming && servedSerial(incoming, undefined);
  const [served] = seen.nameServers.flatMap(({ view }) => (view.ok ? [view.value] : []));
  const row = (place: Place, text: string, primary?: Primary) =>
    `  ${cut(text).padEnd(WIDTH)}  ${worst(findings, place, primary) ?? ""}`.trimEnd();
  const keys = [...new Set(chain.primaries.map(({ primary: { key } }) => key?.name ?? "no key"))];
  return [
    ...chain.primaries.map(({ primary, view }) =>
      row(
        "primary",
        `primary ${primary.address} port ${primary.port}  ${view.ok ? `serial ${view.value.serial}, ${signingOf(view.value)}` : "no answer"}`,
        primary,
      ),
    ),
    ...(chain.primaries.length === 0 ? [row("primary", "no primary to ask")] : []),
    cut(`    | AXFR${keys.length > 0 ? `, ${keys.join(", ")}` : ""}`),
    "    v",
    row("cloudflare", `Cloudflare, ${SIGNERS[servingBy(dnssec).signer]}  serial ${serial ?? "none"}`),
    "    |",
    "    v",
    row("secondary", `${nameServersOf(seen)}  ${served ? `serial ${served.serial}` : "no answer"}`),
    "    ^",
    "    | delegation and DS",
    row("parent", `parent  ${parentOf(seen)}`),
    ...(seen.registrar.kind === "none" ? [] : [row("registrar", "HostUp")]),
  ].join("\n");
}

function signingOf(view: ZoneView): string {
  if (view.isSigned) return kindOf(view);
  return view.ended === undefined && view.begins === undefined ? "unsigned" : "no valid signatures";
}

function nameServersOf({ chain }: Seen): string {
  const { length } = chain.nameServers;
  if (length === 0) return "no name server";
  return length === 1 ? "one name server" : `${length} name servers`;
}

function parentOf({ chain: { parent, nameServers } }: Seen): string {
  if (parent.kind === "unknown") return "not seen";
  const tags = parent.now.ds.map(({ keyTag }) => keyTag);
  const ds = tags.length === 0 ? "no DS" : `DS ${[...new Set(tags)].join(", ")}`;
  const hosts = (parent.delegation?.hosts ?? []).map(hostOf);
  const own = nameServers.map(hostOf).filter((host) => hosts.includes(host)).length;
  if (hosts.length === 0) return `${ds}, not delegated`;
  return `${ds}, ${own} of ${hosts.length} name servers are Cloudflare's`;
}

/** Of a primary, what was found there, and what concerns all of them. */
function worst(
  findings: readonly Finding[],
  place: Place,
  primary: Primary | undefined,
): Verdict | undefined {
  const verdicts = findings
    .filter((each) => each.place === place && (each.primary === undefined || each.primary === primary))
    .map(({ verdict }) => verdict);
  return (["fault", "warning", "ok"] as const).find((each) => verdicts.includes(each));
}

function cut(text: string): string {
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 3)}...` : text;
}
