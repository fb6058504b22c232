import type { Asked, QueryOptions } from "../../../provider/dns/asked";
import { failed, type Result } from "../../../provider/dns/failure";

const DNS_PORT = 53;

/** Where the servers are that the package looks for at port 53: the parent's, and Cloudflare's. */
interface Servers {
  /** `undefined`: this machine reaches none of them. */
  readonly port: number | undefined;
  /** Whether the parent's say nothing: then nobody has to wait for it. */
  isParentSilent(): boolean;
}

let servers: Servers = { port: undefined, isParentSilent: () => true };

export function serveAtPort53(there: Servers): void {
  servers = there;
}

type Exchange = (asked: Asked, request: Buffer, options: QueryOptions) => Promise<Result<Buffer>>;

export function redirected(exchange: Exchange): Exchange {
  return (asked, request, options) => {
    const { primary, type } = asked;
    if (primary.port !== DNS_PORT) return exchange(asked, request, options);
    const { port } = servers;
    const isOfParent = type === "DS" || type === "NS";
    if (port === undefined || (isOfParent && servers.isParentSilent()))
      return Promise.resolve(failed(asked, { kind: "silent", connected: false, afterMs: 0 }));
    return exchange({ ...asked, primary: { ...primary, port } }, request, options);
  };
}
