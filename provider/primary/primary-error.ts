import { SecondaryDnsError } from "../core/errors";
import type { Asked } from "../dns/asked";
import { withoutDot } from "../dns/domain-name";
import type { DnsFailure, FailureCause } from "../dns/failure";
import type { QuestionType } from "../dns/message";
import { nameAndAddress } from "../dns/primary";
import { adviceFor } from "./advice";
import { keyNameOf } from "./server-lines";

export interface PrimaryErrorData {
  /** Left out: the key itself was tried. */
  readonly zoneName?: string;
  readonly asked: QuestionType;
  readonly primary: { readonly name: string; readonly address: string; readonly port: number };
  readonly keyName?: string;
  readonly cause: FailureCause;
}

/** A primary did not give what it was asked for, or could not be asked. */
export class PrimaryError extends SecondaryDnsError {
  override readonly name = "PrimaryError";
  readonly code = "SECONDARY_DNS_PRIMARY";
  readonly data: PrimaryErrorData;

  constructor({ asked, cause }: DnsFailure) {
    const { primary, zoneName, type } = asked;
    const { name, address, port, key } = primary;
    super(describeFailure({ asked, cause }));
    this.data = {
      ...(zoneName === undefined ? {} : { zoneName }),
      asked: type,
      primary: { name, address, port },
      ...(key === undefined ? {} : { keyName: keyNameOf(key) }),
      cause,
    };
  }
}

/** What failed, why, and what to change at the primary. */
export function describeFailure({ asked, cause: failure }: DnsFailure): string {
  const { cause, next, lines } = adviceFor(failure, asked);
  return [
    `${subjectOf(asked, failure, "primary")}: ${cause}.`,
    `Next: ${next}`,
    ...lines.map((line) => `  ${line}`),
  ].join("\n");
}

/** The first line of that alone, also of a name server of the delegation. */
export function summarizeFailure({ asked, cause }: DnsFailure, role: Role = "primary"): string {
  return `${subjectOf(asked, cause, role)}: ${adviceFor(cause, asked).cause}.`;
}

type Role = "primary" | "name server";

function subjectOf({ primary, zoneName, type }: Asked, { kind }: FailureCause, role: Role): string {
  const subject = `The ${role} ${nameAndAddress(primary)}`;
  const zone = zoneName && withoutDot(zoneName);
  if (kind === "unreachable" || kind === "silent")
    return `${subject} cannot be queried${zone === undefined ? "" : ` about ${zone}`}`;
  if (zone !== undefined) return `${subject} does not ${type === "AXFR" ? "transfer" : "answer for"} ${zone}`;
  return `${subject} does not accept the peer's TSIG key`;
}
