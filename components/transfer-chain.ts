import * as pulumi from "@pulumi/pulumi";
import { IncomingTransfer } from "../provider/incoming-transfer";
import { inZone, type NamedZone } from "../provider/named-zone";
import { PrimaryDs } from "../provider/primary-ds";
import { TransferPeer } from "../provider/transfer-peer";
import type { Tsig } from "../provider/tsig";
import { adoptionOf } from "./adoption";
import { credentialsOf } from "./credentials";
import { isSignedByPrimary } from "./dnssec-choice";
import { isExisting, warnOfAnotherKey } from "./existing-peer";
import { ifKnown } from "./if-known";
import type { Primary, SecondaryZoneArgs } from "./secondary-zone-args";
import { apply } from "./transform";

/** From the primaries to the zone at Cloudflare, as far as a program asks for it. */
export interface TransferChain {
  readonly peers: readonly TransferPeer[];
  /** Those of them that are made for this zone. */
  readonly ownPeers: readonly TransferPeer[];
  readonly incoming: IncomingTransfer;
  /** How often Cloudflare looks; known without the transfer being set up. */
  readonly autoRefreshSeconds: pulumi.Input<number> | undefined;
  /** What the registrar is to publish, when the primaries sign. */
  readonly ds?: PrimaryDs;
}

interface Making {
  readonly name: string;
  readonly args: SecondaryZoneArgs;
  readonly parent: pulumi.Resource;
}

export function transferChain(making: Making, primaries: readonly Primary[], tsig: Tsig): TransferChain {
  const peers = primaries.map((primary, index) => peerOf(making, index, primary, tsig));
  const ownPeers = peers.filter(
    (peer) => !primaries.some((each) => isExisting(each) && each.existing === peer),
  );
  const made = { peers, ownPeers, ...incomingFrom(making, peers, tsig) };
  if (!isSignedByPrimary(making.args.dnssec)) return made;
  return { ...made, ds: dsFrom(making, peers, made.incoming) };
}

function peerOf({ name, args, parent }: Making, index: number, primary: Primary, tsig: Tsig): TransferPeer {
  if (isExisting(primary)) {
    warnOfAnotherKey(parent, primary.existing, `primaries[${index}]`, tsig);
    return primary.existing;
  }
  const { accountId, zoneName, transform } = args;
  const { address, port = 53 } = primary;
  const label = pulumi.interpolate`${zoneName} ${address}`;
  const wanted = {
    accountId,
    name: label,
    ip: address,
    port,
    tsigId: tsig.tsigId,
    probeZone: zoneName,
    ...adoptionOf(args),
    ...credentialsOf(args),
  };
  const paths = {
    name: "zoneName",
    ip: `primaries[${index}].address`,
    port: `primaries[${index}].port`,
    probeZone: "zoneName",
  };
  const [changed, options] = apply(transform?.peer, wanted, { parent }, paths);
  return new TransferPeer(`${name}-peer-${index}`, inZone(changed, zoneOf(args)), options);
}

/** What the checks before a write compare. */
export function zoneOf({ zoneId, zoneName, accountId, primaries = [], adopt }: SecondaryZoneArgs): NamedZone {
  const isAdopted = adopt === true ? { isAdopted: true } : {};
  return { zoneId, zoneName, accountId, hasPrimaries: primaries.length > 0, ...isAdopted };
}

/** Peers that sign with another key, or are elsewhere, have to show that it works. */
function triggersOf(peers: readonly TransferPeer[], tsig: Tsig): pulumi.Output<string[]> {
  const keys = pulumi.all(peers.map(({ tsigId, revision }) => pulumi.all([tsigId, ifKnown(revision)])));
  return pulumi.all([keys, tsig.tsigId, ifKnown(tsig.revision)]).apply(([all, active, changes]) => {
    const marks = all.map(([id = "", moves]) => {
      const rekeyed = id === active && changes ? ` key ${changes}` : "";
      return `${id}${rekeyed}${moves ? ` at ${moves}` : ""}`;
    });
    return [...new Set(marks)];
  });
}

function incomingFrom({ name, args, parent }: Making, peers: readonly TransferPeer[], tsig: Tsig) {
  const { accountId, zoneId, zoneName, waitForTransfer, transform } = args;
  const wanted = {
    accountId,
    zoneId,
    name: zoneName,
    peers: peers.map(({ peerId }) => peerId),
    // What configuration leaves empty comes as null.
    waitForTransfer: waitForTransfer ?? 300,
    triggers: triggersOf(peers, tsig),
    ...credentialsOf(args),
  };
  const options = { parent, dependsOn: [...peers] };
  const [own, ownOptions] = apply(transform?.incoming, wanted, options, { name: "zoneName" });
  const zoned = args.adopt ? inZone(own, zoneOf(args)) : own;
  const incoming = new IncomingTransfer(`${name}-incoming`, zoned, ownOptions);
  return { incoming, autoRefreshSeconds: own.autoRefreshSeconds };
}

function dsFrom(
  { name, args, parent }: Making,
  peers: readonly TransferPeer[],
  incoming: IncomingTransfer,
): PrimaryDs {
  const { accountId, zoneName, transform } = args;
  const wanted = { accountId, zoneName, peers: peers.map(({ peerId }) => peerId), ...credentialsOf(args) };
  return new PrimaryDs(`${name}-ds`, ...apply(transform?.ds, wanted, { parent, dependsOn: incoming }));
}
