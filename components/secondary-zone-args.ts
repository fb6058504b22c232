import type * as pulumi from "@pulumi/pulumi";
import type { HostupDnssecAutoArgs } from "../provider/hostup-dnssec-auto";
import type { HostupDsSetArgs } from "../provider/hostup-ds-set";
import type { IncomingTransferArgs } from "../provider/incoming-transfer";
import type { PrimaryDsArgs } from "../provider/primary-ds";
import type { TransferPeer, TransferPeerArgs } from "../provider/transfer-peer";
import type { TsigArgs } from "../provider/tsig";
import type { ZoneDnssecArgs } from "../provider/zone-dnssec";
import type { SecondaryAddresses } from "../servers/secondary-addresses";
import type { DnssecChoice } from "./dnssec-choice";
import type { Transform } from "./transform";
import type { TsigChoice } from "./tsig-choice";

/** What a `SecondaryZone` is made from. */
export interface SecondaryZoneArgs {
  /** The Cloudflare account, 32 hexadecimal digits. A change replaces the TSIG and the peers. */
  readonly accountId: pulumi.Input<string>;
  /**
   * The Cloudflare zone, 32 hexadecimal digits. A change replaces the incoming transfer and the DNSSEC settings:
   * what they were before is put back on the old zone.
   */
  readonly zoneId: pulumi.Input<string>;
  /** The zone's name, e.g. `example.com`. A change asks the primaries for the DS of the new name; the rest changes in place. */
  readonly zoneName: pulumi.Input<string>;
  /**
   * The primaries to transfer from. Left out or empty, peers and the incoming transfer are not touched, and
   * presigned DNSSEC waits, unless signatures of the zone are seen all the same. The primary needs the key
   * first: see `primaryConfig`. Peers are made by their place in the list, so one that is
   * put in or taken out before others changes theirs in place.
   */
  readonly primaries?: readonly Primary[] | undefined;
  /**
   * Wait so many seconds for the first transfer, and for one after each change of it, before DNSSEC is
   * touched: a presigned zone without signatures in it cannot be served. `false` does not wait. Changes in place.
   * @default 300
   */
  readonly waitForTransfer?: pulumi.Input<number | false> | undefined;
  /**
   * The transfer key: one of its own, several of which one is active, or one that exists already and is shared. Another
   * one moves the peers in place, and a transfer shows that it works; see docs/rotate-a-tsig-key.md.
   */
  readonly tsig: TsigChoice;
  /** How the zone is signed. Changes in place. */
  readonly dnssec: DnssecChoice;
  /** What the registrar does. Left out, the registrar is not touched. Another domain replaces, the rest changes in place. */
  readonly registrar?: { readonly hostup: HostupChoice } | undefined;
  /**
   * Takes over what exists already in place of making it: a TSIG of the same name (with its secret, where the program
   * gives none), peers of the same name, address, port and key, and with them the transfer, DNSSEC, the registrar's
   * settings and DS records, which are always taken over. What is as the program says is not written; what differs is
   * changed, and what is not there is made. A preview says what is taken over. `transform` gives a peer the name that it
   * has: `peer: () => ({ args: { name: "…" } })`. A key's own `adopt` goes before it. Has no meaning once they are in
   * state, and changes in place. See docs/coming-and-going.md.
   * @default false
   */
  readonly adopt?: boolean | undefined;
  /**
   * Where Cloudflare transfers from and takes NOTIFY, for `primaryConfig`, whose text changes in place with it.
   * @default the addresses that Cloudflare documents
   */
  readonly cloudflareAddresses?: SecondaryAddresses | undefined;
  /**
   * Which Cloudflare credentials all children use: "eu" reads `cloudflare-eu:apiToken`. Left out, `cloudflare:apiToken`.
   * A profile for HostUp goes by `transform.registrar` and `transform.registrarDs`. Changes in place.
   */
  readonly profile?: pulumi.Input<string> | undefined;
  /** A last word on the arguments and options of each child. Left out, they stay as the component makes them. What a change does the child says: in place, or it replaces. */
  readonly transform?:
    | {
        /** Called for each key. */
        readonly tsig?: Transform<TsigArgs> | undefined;
        /** Called for each primary. */
        readonly peer?: Transform<TransferPeerArgs> | undefined;
        readonly incoming?: Transform<IncomingTransferArgs> | undefined;
        readonly ds?: Transform<PrimaryDsArgs> | undefined;
        readonly dnssec?: Transform<ZoneDnssecArgs> | undefined;
        readonly registrar?: Transform<HostupDnssecAutoArgs> | undefined;
        /** What is published at HostUp with `registrar.hostup.dnssec: "ds-records"`. */
        readonly registrarDs?: Transform<HostupDsSetArgs> | undefined;
      }
    | undefined;
}

/** A server to transfer the zone from: at an address, or a peer that exists already and is shared by many zones. */
export type Primary = PrimaryAddress | SharedPrimary;

/** A server at an address: the component makes a peer for it. */
export interface PrimaryAddress {
  /** Its IPv4 or IPv6 address. Changes in place, once the primary there accepts the zone's key. */
  readonly address: pulumi.Input<string>;
  /**
   * The TCP port that it answers at. Changes in place, as the address does.
   * @default 53
   */
  readonly port?: pulumi.Input<number> | undefined;
  readonly existing?: undefined;
}

/** A peer that is made elsewhere, for many zones. */
export interface SharedPrimary {
  /** Its `tsigId` has to be that of the zone's active key. Another one changes in place. */
  readonly existing: TransferPeer;
  readonly address?: undefined;
  readonly port?: undefined;
}

/** What HostUp does for a domain, which is given by its name or by its id there: one of the two. */
export type HostupChoice = HostupWish & (DomainByName | DomainById);

interface DomainByName {
  /** The domain's name, which with `ds-records` is the zone's. One of the two, this or `domainId`; another domain replaces. */
  readonly domainName: pulumi.Input<string>;
  readonly domainId?: undefined;
}

interface DomainById {
  /** The domain's id at HostUp (`dom_…`). One of the two, this or `domainName`; another domain replaces. */
  readonly domainId: pulumi.Input<string>;
  readonly domainName?: undefined;
}

interface HostupWish {
  /**
   * `automatic`: HostUp publishes the DS by itself (domains on its own name servers). `excluded`: it
   * leaves the DS alone, as a zone that is signed at your primary needs. `ds-records`: it does so too, and the DS that
   * `ds` has is published there ({@link HostupDsSet}) once the zone is served signed; destroy withdraws it before
   * anything else. Changes in place.
   */
  readonly dnssec: "automatic" | "ds-records" | "excluded";
  /**
   * How many seconds to wait for resolvers to forget a DS that is withdrawn, with `ds-records`: see
   * `HostupDsSetArgs.waitForRemoval`. Changes in place.
   * @default 600
   */
  readonly waitForRemoval?: pulumi.Input<number> | undefined;
}
