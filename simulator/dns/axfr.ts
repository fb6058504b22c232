import { randomInt } from "node:crypto";
import { connect } from "node:net";
import { AxfrStream } from "./axfr-stream";
import { TYPE } from "./codes";
import { frame, Unframer } from "./framing";
import { encode, query, type ResourceRecord } from "./message";
import type { Name } from "./name";
import { TransferError } from "./transfer-error";
import { sign, type TsigKey } from "./tsig";

export interface AxfrSource {
  readonly host: string;
  readonly port: number;
  readonly key?: TsigKey;
}

export interface AxfrConditions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long the primary may say nothing. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Transfers a zone over TCP (RFC 5936): its records from the SOA on, without the closing SOA. */
export function pullZone(
  zone: Name,
  { host, port, key }: AxfrSource,
  { now, timeoutMs, signal }: AxfrConditions,
): Promise<readonly ResourceRecord[]> {
  const seconds = () => Math.floor(now() / 1000);
  const id = randomInt(0x1_0000);
  const question = encode(query(id, zone, TYPE.AXFR));
  const signed = key && { key, ...sign(question, key, seconds()) };
  const stream = new AxfrStream({ id, zone, ...(signed ? { signed } : {}) }, seconds);
  const unframer = new Unframer();

  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    // By hand: the signal that `connect` takes would hold on to the socket and its records for good.
    const abort = () => socket.destroy();
    signal.addEventListener("abort", abort);
    const fail = (error: unknown) => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(timeoutMs, () => fail(new TransferError("TIMEOUT", `no word for ${timeoutMs} ms`)));
    socket.once("connect", () => socket.write(frame(signed?.wire ?? question)));
    socket.on("error", (error) => fail(new TransferError(codeOf(error), error.message)));
    socket.on("close", () => {
      signal.removeEventListener("abort", abort);
      reject(new TransferError("TRUNCATED", brokenOff(stream)));
    });
    socket.on("data", (chunk) => {
      try {
        for (const message of unframer.push(chunk)) stream.accept(message);
      } catch (error) {
        return fail(error);
      }
      if (!stream.isComplete) return;
      resolve(stream.records);
      socket.destroy();
    });
  });
}

function codeOf(error: NodeJS.ErrnoException): string {
  if (error.code === "ECONNREFUSED") return "CONNECTION-REFUSED";
  return error.code === "ETIMEDOUT" ? "TIMEOUT" : "CONNECTION";
}

function brokenOff({ records }: AxfrStream): string {
  return records.length === 0
    ? "the connection ended before any record"
    : `the connection ended after ${records.length} records, before the closing SOA`;
}
