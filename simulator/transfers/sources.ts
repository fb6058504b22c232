import type { AxfrSource } from "../dns/axfr";
import { TransferError } from "../dns/transfer-error";
import { lookUp, type Peer, type State } from "../state";
import { transferKeyOf } from "./transfer-key";

/** Where a peer says that its zones are, and with which key. */
export function sourceOf(peer: Peer, { tsigs }: State): AxfrSource {
  const { ip, port, tsig_id, name } = peer;
  if (ip === "" || port === 0) throw new TransferError("NO-ADDRESS", `the peer "${name}" has no ip or port`);
  if (tsig_id === "") return { host: ip, port };
  const tsig = lookUp(tsigs, tsig_id);
  if (!tsig) throw new TransferError("NO-TSIG", `the TSIG of the peer "${name}" does not exist`);
  return { host: ip, port, key: transferKeyOf(tsig) };
}
