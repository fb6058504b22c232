import { withoutDot } from "../core/domain-name";
import { SecondaryDnsError } from "../core/errors";
import { adviceFor } from "./advice";
import type { Asked } from "./asking";
import type { QuestionType } from "./message";
import { keyNameOf } from "./server-lines";
import type { PrimaryTrouble } from "./trouble";

export interface PrimaryErrorData {
  /** Left out: the key itself was tried. */
  readonly zoneName?: string;
  readonly asked: QuestionType;
  readonly primary: { readonly name: string; readonly address: string; readonly port: number };
  readonly keyName?: string;
  readonly trouble: PrimaryTrouble;
}

/** A primary did not give what it was asked for, or could not be asked. */
export class PrimaryError extends SecondaryDnsError {
  override readonly name = "PrimaryError";
  readonly code = "SECONDARY_DNS_PRIMARY";
  readonly data: PrimaryErrorData;

  constructor(asked: Asked, trouble: PrimaryTrouble) {
    const { primary, zoneName, type } = asked;
    const { name, address, port, key } = primary;
    const { cause, next, lines } = adviceFor(trouble, asked);
    super(
      [`${failureOf(asked, trouble)}: ${cause}.`, `Next: ${next}`, ...lines.map((line) => `  ${line}`)].join(
        "\n",
      ),
    );
    this.data = {
      ...(zoneName === undefined ? {} : { zoneName }),
      asked: type,
      primary: { name, address, port },
      ...(key === undefined ? {} : { keyName: keyNameOf(key) }),
      trouble,
    };
  }
}

function failureOf({ primary, zoneName, type }: Asked, { kind }: PrimaryTrouble): string {
  const { name, address, port } = primary;
  const where = `${address} port ${port}`;
  const subject = `The primary ${name === address ? where : `${name} (${where})`}`;
  const zone = zoneName && withoutDot(zoneName);
  if (kind === "unreachable" || kind === "silent")
    return `${subject} cannot be asked${zone === undefined ? "" : ` about ${zone}`}`;
  if (zone !== undefined) return `${subject} does not ${type === "AXFR" ? "transfer" : "answer for"} ${zone}`;
  return `${subject} does not take the peer's TSIG key`;
}
