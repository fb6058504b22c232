import { randomBytes } from "node:crypto";
import type { QueryOptions } from "../../dns/asked";
import { withoutDot } from "../../dns/domain-name";
import type { Dnskey } from "../../dns/ds";
import type { Message } from "../../dns/message";
import type { Primary } from "../../dns/primary";
import { query } from "../../dns/query";
import { recordsOf } from "../../dns/resource-record";
import { areDenialsSigned } from "../../dns/verify-signature";

const [NO_ERROR, NAME_ERROR] = [0, 3];
/** Characters. */
const LABEL = 16;
/** RFC 1035 section 2.3.4, as text without the last dot. */
const LONGEST_NAME = 253;

/** A server's response to a name that a zone does not have, if it gave one. */
export async function askDenial(
  server: Primary,
  zoneName: string,
  options: QueryOptions,
): Promise<Message | undefined> {
  const name = `${randomBytes(LABEL / 2).toString("hex")}.${zoneName}`;
  if (withoutDot(name).length > LONGEST_NAME) return undefined;
  const response = await query(
    { primary: server, zoneName, type: "A" },
    { name, type: "A", dnssecOk: true },
    options,
  );
  return response.ok ? response.value.message : undefined;
}

/**
 * Whether it comes with signed NSEC or NSEC3 records, without which resolvers take it as bogus (RFC 4035 section 5.4);
 * `undefined`: not seen. That they are the right ones is left to the server.
 */
export function isDenialSigned(
  response: Message | undefined,
  dnskeys: readonly Dnskey[],
  now: number,
): boolean | undefined {
  if (response === undefined || (response.rcode !== NO_ERROR && response.rcode !== NAME_ERROR))
    return undefined;
  return areDenialsSigned(response, recordsOf(response, response.authority), dnskeys, now);
}
