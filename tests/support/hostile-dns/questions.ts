import { observeServer } from "../../../provider/chain/observe/observe-server";
import { addressesOf, observeParent } from "../../../provider/chain/observe/parent";
import { askForRecords } from "../../../provider/chain/observe/recursive";
import { Secret } from "../../../provider/core/secret";
import type { QueryOptions } from "../../../provider/dns/asked";
import type { Result } from "../../../provider/dns/failure";
import type { Primary } from "../../../provider/dns/primary";
import { probeKey } from "../../../provider/dns/probe-key";
import { probeTransfer } from "../../../provider/dns/probe-transfer";
import { readKeys } from "../../../provider/dns/read-keys";
import { serialOf } from "../../../provider/dns/serial";
import { describeFailure } from "../../../provider/primary/primary-error";
import { TSIG_SECRET } from "./secret";

const ZONE = "zone-0000.example";

/** Every question that the package puts to a server; each gives all that of its end may be shown. */
export function questionsTo(
  port: number,
  options: QueryOptions,
): Readonly<Record<string, () => Promise<string>>> {
  const keyless: Primary = { name: "ns1", address: "127.0.0.1", port };
  const key = { name: "cf.example.", algorithm: "hmac-sha512.", secret: new Secret(TSIG_SECRET) };
  const primary: Primary = { ...keyless, key };
  return {
    "the serial": () => shown(serialOf(primary, ZONE, options)),
    "the serial, without a key": () => shown(serialOf(keyless, ZONE, options)),
    "whether the key is right": () => shown(probeKey(primary, options)),
    "a transfer": () => shown(probeTransfer(primary, ZONE, options)),
    "a transfer, without a key": () => shown(probeTransfer(keyless, ZONE, options)),
    "the keys for the DS": () => shown(readKeys(primary, ZONE, options)),
    "the whole zone's state": () => shown(observeServer(primary, ZONE, options)),
    "the whole zone's state, without a key": () => shown(observeServer(keyless, ZONE, options)),
    "the DS, over UDP": () => shown(askForRecords(keyless, { name: `${ZONE}.`, type: "DS" }, options)),
    "the parent, as a resolver": async () => json(await observeParent(ZONE, [keyless], options)),
    "an address, as a resolver": async () => json(await addressesOf("ns1.example.", [keyless], options)),
  };
}

async function shown(result: Promise<Result<unknown>>): Promise<string> {
  const settled = await result;
  return settled.ok ? json(settled.value) : describeFailure(settled.failure);
}

/** Bytes of a message are for programs alone. */
function json(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) =>
    typeof each === "object" && each !== null && "type" in each && each.type === "Buffer" ? "(bytes)" : each,
  );
}
