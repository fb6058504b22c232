import { nameOfCode, RCODE, TSIG_ERROR, TYPE } from "./codes";
import { decode, FLAG, type ReceivedMessage, type ResourceRecord, rcodeOf } from "./message";
import { formatName, isSameName, isWithin, type Name } from "./name";
import { soaOf } from "./rdata";
import { TransferError } from "./transfer-error";
import { isTimely, parseTsig, type TsigFields, type TsigKey, verify } from "./tsig";
import { MessageFormatError } from "./wire";

/** How many messages in a row may come without TSIG (RFC 8945 5.3.1: at least every 100th has one). */
const MOST_UNSIGNED = 99;

export interface AxfrRequest {
  readonly id: number;
  readonly zone: Name;
  /** Left out where the peer has no TSIG; then nothing is verified. */
  readonly signed?: { readonly key: TsigKey; readonly mac: Buffer };
}

/** Takes the messages that answer an AXFR (RFC 5936) and throws a TransferError at the first fault. */
export class AxfrStream {
  readonly records: ResourceRecord[] = [];
  #prior: Buffer | undefined;
  #unsigned: Buffer[] = [];
  #messages = 0;
  #isComplete = false;

  constructor(
    private readonly request: AxfrRequest,
    /** Seconds since 1970. */
    private readonly now: () => number,
  ) {
    this.#prior = request.signed?.mac;
  }

  /** Whether the closing SOA has come, which `records` leaves out. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  accept(wire: Buffer): void {
    const message = received(wire);
    if (message.id !== this.request.id || !(message.flags & FLAG.response)) {
      throw new TransferError("FORMAT", "an answer to another question came");
    }
    if (rcodeOf(message) !== RCODE.NOERROR) throw refusal(message, this.request);
    if (this.request.signed) this.#authenticate(message, this.request.signed.key);
    this.#messages += 1;
    for (const record of message.answers) this.#take(record);
    if (this.#isComplete && this.#unsigned.length > 0) {
      throw new TransferError("UNSIGNED", "the last message has no TSIG");
    }
  }

  #authenticate(message: ReceivedMessage, key: TsigKey): void {
    const isFirst = this.#messages === 0;
    if (!message.tsig) {
      if (isFirst) throw new TransferError("UNSIGNED", `the answer has no TSIG, asked was ${quoted(key)}`);
      this.#unsigned.push(message.wire);
      if (this.#unsigned.length > MOST_UNSIGNED) {
        throw new TransferError("UNSIGNED", "100 messages in a row have no TSIG");
      }
      return;
    }
    const fields = parseTsig(message.tsig.record);
    const context = {
      ...(this.#prior ? { prior: this.#prior } : {}),
      unsigned: this.#unsigned,
      timersOnly: !isFirst,
    };
    if (!verify(message, key, context)) {
      throw new TransferError("BADMAC", `message ${this.#messages + 1} is not signed with ${quoted(key)}`);
    }
    if (!isTimely(fields, this.now())) {
      throw new TransferError("BADTIME", `message ${this.#messages + 1} was signed at another time than now`);
    }
    this.#prior = fields.mac;
    this.#unsigned = [];
  }

  #take(record: ResourceRecord): void {
    const { zone } = this.request;
    if (this.#isComplete) throw new TransferError("FORMAT", "records follow the closing SOA");
    const [opening] = this.records;
    if (!opening && record.type !== TYPE.SOA)
      throw new TransferError("FORMAT", "the first record is not SOA");
    if (record.type === TYPE.SOA && !isSameName(record.name, zone)) {
      throw new TransferError("OTHER-ZONE", `it sent ${formatName(record.name)} for ${formatName(zone)}`);
    }
    if (!opening || record.type !== TYPE.SOA) {
      // What is not of the zone is left aside, as other secondaries do (RFC 5936 3.5).
      const isOfTheLast = record.name === this.records.at(-1)?.name;
      if (isOfTheLast || isWithin(record.name, zone)) this.records.push(record);
      return;
    }
    if (soaOf(opening.rdata).serial !== soaOf(record.rdata).serial) {
      throw new TransferError("FORMAT", "the closing SOA has another serial than the opening one");
    }
    this.#isComplete = true;
  }
}

function received(wire: Buffer): ReceivedMessage {
  try {
    return decode(wire);
  } catch (error) {
    if (error instanceof MessageFormatError) throw new TransferError("FORMAT", error.message);
    throw error;
  }
}

/** The primary's own words: for TSIG, its error field says more than the rcode NOTAUTH. */
function refusal(message: ReceivedMessage, { zone, signed }: AxfrRequest): TransferError {
  const rcode = nameOfCode(RCODE, rcodeOf(message));
  const tsig = message.tsig && parseTsig(message.tsig.record);
  const using = signed ? quoted(signed.key) : "no TSIG";
  switch (tsig?.error) {
    case TSIG_ERROR.BADKEY:
      // Knot says so too when it knows the key, but not for this address.
      return new TransferError("BADKEY", `it does not know ${using}, or not for our address`);
    case TSIG_ERROR.BADSIG:
      return new TransferError("BADSIG", `it knows ${using} with another secret`);
    case TSIG_ERROR.BADTIME:
      return new TransferError("BADTIME", `it has another time than we${clocks(tsig)}, asked with ${using}`);
  }
  // Some servers, PowerDNS among them, say no more for any fault of a key.
  const hint =
    signed && !tsig && rcode === "NOTAUTH" ? ", and not whether name, secret, or clock is wrong" : "";
  return new TransferError(rcode, `it refuses to transfer ${formatName(zone)} with ${using}${hint}`);
}

/** With BADTIME the other side sends its own time (RFC 8945 5.2.3). */
function clocks({ time, other }: TsigFields): string {
  if (other.length !== 6) return "";
  const ahead = other.readUIntBE(0, 6) - time;
  return `: its clock is ${Math.abs(ahead)} s ${ahead < 0 ? "behind" : "ahead of"} ours`;
}

function quoted({ name, algorithm }: TsigKey): string {
  return `the key "${formatName(name)}" (${formatName(algorithm)})`;
}
