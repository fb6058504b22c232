import { withoutDot } from "../dns/domain-name";
import type { FailureCause } from "../dns/failure";
import type { Primary } from "../dns/primary";
import { FUDGE_SECONDS } from "../dns/tsig";
import * as at from "./server-lines";

export interface Advice {
  /** What is wrong, to stand behind a colon. */
  readonly cause: string;
  /** What to do about it, with `lines` under it. */
  readonly next: string;
  /** What to change at the primary, for each server it may be. */
  readonly lines: readonly string[];
}

const RCODES: Readonly<Record<number, string>> = { 1: "FORMERR", 2: "SERVFAIL", 4: "NOTIMP" };
/** A failed `up` writes no stack outputs, so what names the secret names what shows it. */
const SECRETS =
  "The secret and everything else that the primary needs: npx pulumi-secondary-dns primary-config --write DIR";
const ADDRESS = "ADDRESS is this machine's, as the primary sees it";

/** Without a zone the key itself was tried. */
export function adviceFor(
  failure: FailureCause,
  { zoneName, primary }: { readonly zoneName?: string; readonly primary: Primary },
): Advice {
  const zone = zoneName === undefined ? "ZONE" : withoutDot(zoneName);
  const place = { zone, primary };
  const key = primary.key ? `the key "${at.keyNameOf(primary.key)}"` : "the key";
  const withAlgorithm = primary.key ? `${key} with ${at.algorithmOf(primary.key)}` : key;

  switch (failure.kind) {
    case "unreachable":
      return {
        cause: failure.reason,
        next: `let the server listen there over TCP too, and open TCP port ${primary.port} in its firewall:`,
        lines: at.listenLines(place),
      };
    case "silent": {
      const within = `within ${failure.afterMs / 1000} s`;
      return failure.connected
        ? {
            cause: `it accepted the connection and sent nothing ${within}`,
            next: `check in its log whether it has too many connections or blocks this machine (${ADDRESS}):`,
            lines: at.connectionLines(),
          }
        : {
            cause: `the connection was not accepted ${within}`,
            next: `open TCP port ${primary.port} in the firewalls between this machine and the server, and let it listen there:`,
            lines: at.listenLines(place),
          };
    }
    case "unknown-key":
      return {
        cause: `it does not know ${withAlgorithm}`,
        next: "give the primary the key by this name, with this algorithm and the secret of the TSIG:",
        lines: [
          ...at.keyLines(place),
          SECRETS,
          `Knot says the same if it has the key but its acl does not allow it from this machine (${ADDRESS}):`,
          ...at.transferLines(place).filter((line) => line.startsWith("Knot:")),
        ],
      };
    case "wrong-secret":
      return {
        cause: `it has another secret for ${key}`,
        next: "copy the secret of the TSIG to the primary unchanged, as the base64 text it is:",
        lines: [...at.keyLines(place), SECRETS],
      };
    case "clock": {
      const apart = Math.abs(failure.secondsApart);
      const direction = failure.secondsApart > 0 ? "ahead of" : "behind";
      return {
        cause: `its clock is ${apart} s ${direction} this machine's, and a TSIG allows ${FUDGE_SECONDS} s`,
        next: "set the clock that is wrong; if it is the primary's, Cloudflare cannot transfer either:",
        lines: at.clockLines(),
      };
    }
    case "key-refused":
      return {
        cause: `it refuses ${withAlgorithm} and does not say why, as PowerDNS does when the name, algorithm or secret differs there or its clock is off`,
        next: "compare name, algorithm and secret at the primary (PowerDNS: pdnsutil list-tsig-keys), then the clocks:",
        lines: [...at.keyLines(place), SECRETS, ...at.clockLines()],
      };
    case "no-key":
      return {
        cause: "it does not let this machine transfer without a TSIG key, and the peer has none",
        next: "give the peer the TSIG that the primary wants (tsigId); or, if it allows transfers by address, let Cloudflare's addresses in. Look here:",
        lines: at.wantedKeyLines(place),
      };
    case "refused":
      return {
        cause: `it does not let ${key} transfer from this machine`,
        next: `allow transfers with the key from this machine too, not only from Cloudflare's addresses (${ADDRESS}):`,
        lines: at.transferLines(place),
      };
    case "not-authoritative":
      return {
        cause: `it does not serve ${zone}, or not to this machine`,
        next: "load the zone there, or correct the peer's address:",
        lines: at.zoneLines(place),
      };
    case "failed":
      return {
        cause: `it answers ${RCODES[failure.rcode] ?? `with code ${failure.rcode}`}`,
        next: "see what the server itself says of the zone:",
        lines: at.statusLines(place),
      };
    case "unsigned-answer":
      return {
        cause: `it did not sign its response to a query signed with ${key}`,
        next: "query the server itself, not a proxy in front of it, and give it the key:",
        lines: at.keyLines(place),
      };
    case "forged-answer":
      return {
        cause: `its response has a wrong TSIG, so it was changed on the way, or is from a server with another secret for ${key}`,
        next: "look for a proxy or firewall that changes DNS; all servers behind the address need the same key:",
        lines: at.keyLines(place),
      };
    case "garbled":
      return {
        cause: `what came back is not a response to the query (${failure.reason})`,
        next: "make sure that the DNS server listens there, and nothing else:",
        lines: at.listenLines(place),
      };
  }
}
