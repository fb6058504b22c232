import { accountPeers } from "../../cloudflare/peers";
import type { TsigContent, TsigKey } from "../../cloudflare/tsigs";
import { absoluteName } from "../../dns/domain-name";
import type { TransferKey } from "../../dns/primary";
import type { ChainAccess } from "../run/access";
import { checkPeerChange } from "./check-key-change";

const DNS_PORT = 53;

export interface TsigChange {
  readonly accountId: string;
  /** As Cloudflare has it. */
  readonly known: TsigKey;
  readonly content: TsigContent;
  /** Whether the state has this content: then `primary-config` has it too. */
  readonly isSaved: boolean;
  /** A zone that is transferred by it, if one is known. */
  readonly probeZone: string | undefined;
}

/** Before a key is changed in place, tries the new one at each primary that is asked by it; throws when one refuses it. */
export async function checkTsigChange(
  { cloudflare, isForced }: ChainAccess,
  { accountId, known, content, isSaved, probeZone }: TsigChange,
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
        remedy: isSaved ? undefined : rotation(known, content),
      });
    }),
  );
}

/** A server has one secret under a name, and can have a key of another name beside it. */
function rotation(known: TsigKey, content: TsigContent): string {
  const guide = "docs/rotate-a-tsig-key.md";
  if (absoluteName(known.name) === absoluteName(content.name))
    return `keep this key as it is, and add one of another name beside it (tsig.keys of the SecondaryZone, or another Tsig): ${guide}.`;
  return `keep this key as it is, and add the new one beside it (tsig.keys of the SecondaryZone, or another Tsig): ${guide}. Or put "${content.name}" on the primary by hand, beside the present one, then run the command again.`;
}

function keyOf({ name, algo, secret }: TsigContent): TransferKey {
  return { name, algorithm: algo, secret };
}
