import { accountPeers } from "../cloudflare/peers";
import type { TsigContent, TsigKey } from "../cloudflare/tsigs";
import type { TransferKey } from "../dns/primary";
import type { ChainAccess } from "./access";
import { checkPeerChange } from "./check-key-change";

const DNS_PORT = 53;

export interface TsigChange {
  readonly accountId: string;
  /** As Cloudflare has it. */
  readonly known: TsigKey;
  readonly content: TsigContent;
  /** A zone that is transferred by it, if one is known. */
  readonly probeZone: string | undefined;
}

/** Before a key is changed in place, tries the new one at each primary that is asked by it; throws when one refuses it. */
export async function checkTsigChange(
  { cloudflare, isForced }: ChainAccess,
  { accountId, known, content, probeZone }: TsigChange,
): Promise<void> {
  const peers = (await accountPeers.listShared(cloudflare, accountId)).filter(
    ({ ip, tsig_id }) => ip && tsig_id === known.id,
  );
  const stays = `TSIG "${known.name}" stays as it is, at Cloudflare and in the state`;
  await Promise.all(
    peers.map(({ name, ip, port }) => {
      const server = { name, address: ip ?? "", port: port || DNS_PORT };
      return checkPeerChange({
        peerName: name,
        current: { ...server, key: keyOf(known) },
        next: { ...server, key: keyOf(content) },
        probeZone,
        isForced: probeZone !== undefined && isForced(probeZone),
        stays,
      });
    }),
  );
}

function keyOf({ name, algo, secret }: TsigContent): TransferKey {
  return { name, algorithm: algo, secret };
}
