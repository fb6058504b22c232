import { formatName, parseName } from "../dns/name";
import { TransferError } from "../dns/transfer-error";
import { isKnownAlgorithm, type TsigKey } from "../dns/tsig";
import type { Tsig } from "../state";

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The key that a TSIG object stands for: its secret is base64, as in every DNS server's configuration. */
export function transferKeyOf({ name, algo, secret }: Pick<Tsig, "name" | "algo" | "secret">): TsigKey {
  const key = { name: domainName(name), algorithm: domainName(algo), secret: Buffer.from(secret, "base64") };
  if (!isKnownAlgorithm(key.algorithm)) {
    throw new TransferError("BAD-TSIG", `the algorithm ${formatName(key.algorithm)} is not supported here`);
  }
  if (!BASE64.test(secret)) throw new TransferError("BAD-TSIG", `the secret of "${name}" is not base64`);
  return key;
}

function domainName(text: string): Buffer {
  try {
    return parseName(text);
  } catch {
    throw new TransferError("BAD-TSIG", `"${text}" is no domain name`);
  }
}
