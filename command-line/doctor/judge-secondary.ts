import { servedSerial } from "../../provider/chain/guard/transfer-progress";
import type { NameServerView } from "../../provider/chain/observe/observe-secondary";
import { nameAndAddress } from "../../provider/dns/primary";
import { summarizeFailure } from "../../provider/primary/primary-error";
import { type Found, fault, ok, warning } from "./finding";
import { deniesUnsigned } from "./judge-denial";
import type { Seen } from "./seen";
import { servingBy } from "./serving";
import { kindOf, notifyAdvice, spanOf, timeOf } from "./words";

/** What the world is answered: by each of Cloudflare's name servers for the zone. */
export function judgeSecondary(seen: Seen): readonly Found[] {
  const { nameServers, zoneName } = seen;
  if (nameServers.every(isSilent))
    return [
      warning(
        "name-servers-not-asked",
        `Cloudflare's name servers for ${zoneName} could not be asked from here, so their answers are not known.`,
        "let this machine ask over TCP port 53, and name a resolver that can be asked (secondary-dns:resolver).",
      ),
    ];
  const found = nameServers.flatMap((each) => judgeServer(seen, each));
  if (found.length > 0) return found;
  const names = nameServers.map(({ server }) => server.name).join(", ");
  const [first] = nameServers.flatMap(({ view }) => (view.ok ? [view.value] : []));
  const signed = first?.isSigned
    ? `signed with ${kindOf(first)}${first.expires === undefined ? "" : `, until ${timeOf(first.expires)}`}`
    : "unsigned";
  return [ok("served-ok", `${names} answer for ${zoneName}: serial ${first?.serial}, ${signed}.`)];
}

/** What keeps this machine out says nothing of others. */
export function isSilent({ view }: NameServerView): boolean {
  return !view.ok && (view.failure.cause.kind === "silent" || view.failure.cause.kind === "unreachable");
}

function judgeServer(seen: Seen, each: NameServerView): Found[] {
  const { server, view } = each;
  const { zoneName, incoming, dnssec, now } = seen;
  const name = nameAndAddress(server);
  if (!view.ok && isSilent(each))
    return [
      fault(
        "name-server-silent",
        `Cloudflare's name server ${name} does not answer, but others do.`,
        "run this again; if it persists, contact Cloudflare's support.",
      ),
    ];
  if (!view.ok) {
    const { cause } = view.failure;
    const why = summarizeFailure(view.failure).replace(/^.*?: /, "");
    return [
      fault(
        "name-server-refuses",
        `Cloudflare's name server ${name} does not answer for ${zoneName} (${cause.kind === "refused" ? "REFUSED" : why.replace(/\.$/, "")}).`,
        "fix what is found at Cloudflare and the primaries; with presigned on, a zone without signatures of the right NSEC kind is REFUSED.",
      ),
    ];
  }
  const { serial, isSigned, isDenialSigned, ended, expires } = view.value;
  const serving = servingBy(dnssec);
  const found: Found[] = [];
  if (ended !== undefined)
    found.push(
      fault(
        "served-expired",
        `${name} answers for ${zoneName} with signatures that expired at ${timeOf(ended)}: validating resolvers answer SERVFAIL.`,
        "sign the zone again at its primary with a higher serial, then have it send NOTIFY, which makes Cloudflare check at once:",
        ...notifyAdvice(zoneName),
      ),
    );
  else if (serving.signer !== "none" && !isSigned)
    found.push(
      fault(
        "served-unsigned",
        `${name} answers for ${zoneName} without signatures that verify.`,
        "wait some minutes after a change; then fix what is found at Cloudflare and the primaries.",
      ),
    );
  else if (serving.signer !== "none" && isDenialSigned === false)
    found.push(
      fault(
        "served-denial-unsigned",
        deniesUnsigned(zoneName, name),
        "sign the whole zone again at its primary with a higher serial, then have it send NOTIFY, which makes Cloudflare check at once:",
        ...notifyAdvice(zoneName),
      ),
    );
  const left = (expires ?? Number.POSITIVE_INFINITY) - now / 1_000;
  const refresh = incoming?.auto_refresh_seconds ?? 0;
  if (serving.signer === "primary" && left < refresh)
    found.push(
      warning(
        "served-end-soon",
        `The signatures that ${name} serves for ${zoneName} expire in ${spanOf(left)}, and Cloudflare may not check for ${spanOf(refresh)}.`,
        "make sure that the primary signs in time and sends NOTIFY.",
      ),
    );
  const held = incoming && servedSerial(incoming, serial);
  if (held !== undefined && held !== serial)
    found.push(
      warning(
        "served-serial-differs",
        `${name} answers for ${zoneName} with serial ${serial}, but Cloudflare says that it has ${held}.`,
        "run this again in a minute; if it persists, contact Cloudflare's support.",
      ),
    );
  return found;
}
