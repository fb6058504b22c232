import { debuglog } from "node:util";
import { foreignText } from "../core/foreign-text";

const debug = debuglog("secondary-dns");

export interface Traced {
  readonly method: string;
  readonly url: string;
  readonly attempt: number;
  /** Milliseconds until it was its turn. */
  readonly waited: number;
  /** Milliseconds from then to the end of the answer. */
  readonly took: number;
  /** The HTTP status, or why there is none. */
  readonly outcome: number | string;
  readonly requestId?: string | undefined;
}

/** One line a request with `NODE_DEBUG=secondary-dns`; never a body or a header. */
export function trace({ method, url, attempt, waited, took, outcome, requestId = "-" }: Traced): void {
  if (!debug.enabled) return;
  const { pathname, search } = new URL(url);
  const line = `${method} ${pathname}${search} ${outcome} attempt=${attempt} waited=${waited}ms took=${took}ms request=${requestId}`;
  debug("%s", foreignText(line));
}
