import type { Switches } from "./switches";

export const PERMISSIONS = [
  "Zone Read",
  "Zone Write",
  "Zone Settings Read",
  "Zone Settings Write",
  "DNS Read",
  "DNS Write",
  "Account Settings Read",
  "Account Settings Write",
] as const;
export const SCOPES = ["read:domains", "write:domains"] as const;

export type Permission = (typeof PERMISSIONS)[number];
export type Scope = (typeof SCOPES)[number];

/** All that the simulator knows: `GET _control/state` shows it, `PATCH` changes it. */
export interface State {
  /** These six by id. */
  accounts: Record<string, Account>;
  zones: Record<string, Zone>;
  tsigs: Record<string, Tsig>;
  peers: Record<string, Peer>;
  acls: Record<string, Acl>;
  domains: Record<string, Domain>;
  tokens: {
    cloudflare: Record<string, { permissions: Permission[] }>;
    /** By e-mail address. A global key may do everything. */
    cloudflareKeys: Record<string, { apiKey: string }>;
    hostup: Record<string, { scopes: Scope[] }>;
  };
  rateLimits: { cloudflare: RateLimit; hostup: RateLimit };
  latencyMs: number;
  switches: Switches;
}

export interface Account {
  id: string;
  name: string;
}

export interface Zone {
  id: string;
  name: string;
  type: "full" | "partial" | "secondary" | "internal";
  status: "initializing" | "pending" | "active" | "moved";
  plan: "free" | "pro" | "business" | "enterprise";
  paused: boolean;
  vanityNameServers: string[];
  /** When an activation check was asked for last: the next one has to wait. */
  activationCheckedAt: string | null;
  accountId: string;
  /** Whether Cloudflare sees its DS at the parent: what moves pending to active and back. Follows `parent.ds`. */
  dsAtParent: boolean;
  parent: Parent;
  dnssec: {
    status: "active" | "pending" | "disabled" | "pending-disabled" | "error";
    /** null is what tells the deleted state from the disabled one. */
    modified_on: string | null;
    dnssec_presigned: boolean;
    dnssec_use_nsec3: boolean;
    dnssec_multi_signer: boolean;
  };
  /** Which of the three flags somebody has set, to true or to false, at any time. */
  dnssecFlagsSet: DnssecFlag[];
  incoming: IncomingTransfer | null;
  transfer: TransferRecord;
}

export type DnssecFlag = "dnssec_presigned" | "dnssec_use_nsec3" | "dnssec_multi_signer";

/** What the zone above says of a zone: what is changed at a registrar. */
export interface Parent {
  /** The DS set, each as rdata in presentation form: key tag, algorithm, digest type, digest in hex. */
  ds: string[];
  /** Of the DS and the NS set, in seconds. */
  ttl: number;
  /** What the zone is delegated to; empty for a name that is not registered. Cloudflare's own by default. */
  nameServers: string[];
  /** Whether the parent's servers answer questions about this zone. */
  reachable: boolean;
}

export interface IncomingTransfer {
  name: string;
  peers: string[];
  /** The API takes 300 at least; here a test may ask for less. */
  auto_refresh_seconds: number;
  created_time: string;
  modified_time: string;
}

/** What the transfers of a zone came to: the simulator's own record, which no API shows as a whole. */
export interface TransferRecord {
  /** Why the last one failed, a code first; null when it did not. */
  lastError: string | null;
  /** When the last one ended, well or not, and what started it. */
  at: string | null;
  trigger: "force_axfr" | "refresh" | "notify" | "link" | null;
  /** What is served: its serial, its number of records, and the peer and the key that brought it. */
  serial: number | null;
  records: number | null;
  from: string | null;
  tsigKey: string | null;
  /** One that found the serial unchanged succeeded too. */
  succeeded: number;
  failed: number;
  /** When the next one begins by itself; a time gone by makes it due. */
  refreshAt: string | null;
}

export interface Peer {
  id: string;
  accountId: string;
  name: string;
  ip: string;
  port: number;
  ixfr_enable: boolean;
  /** Of a TSIG that may be gone; "" for none. */
  tsig_id: string;
}

/** Whose NOTIFY the account's secondary zones hear besides that of their peers. */
export interface Acl {
  id: string;
  accountId: string;
  name: string;
  /** In CIDR notation, canonical. */
  ip_range: string;
}

export interface Tsig {
  id: string;
  accountId: string;
  name: string;
  algo: string;
  secret: string;
}

export interface Domain {
  id: string;
  name: string;
  nameservers: string[];
  /** What its registry takes: DS records, or the keys that it makes DS records of itself, or neither. */
  recordType: "DS" | "KEY" | "none";
  /** Why nobody may add a record now, such as a transfer; null when everybody who may write may. */
  dsGate: { reason: string; code: string } | null;
  /** What the registry publishes, by id. */
  dsRecords: Record<string, DsRecord>;
  /** How many reads have answered `pending` since the status became so. */
  readsWhilePending: number;
  dnssecAuto: {
    domainName: string | null;
    status: "active" | "inactive" | "excluded" | "pending" | "error" | "blocked";
    reason: string | null;
    isEnabled: boolean;
    isBlocked: boolean;
    blockedUntil: string | null;
    blockReason: string | null;
    lastCheckedAt: string | null;
    lastError: string | null;
    nameserversChangedAt: string | null;
  };
}

export interface DsRecord {
  id: string;
  /** Rdata in presentation form: key tag, algorithm, digest type, digest in hex. */
  ds: string;
  /** Whether it came by a call or from automatic DNSSEC. */
  addedBy: "call" | "automation";
  /** How many lists have shown it. */
  listed: number;
}

export interface RateLimit {
  requests: number;
  seconds: number;
}

/** What every part of the simulator shares. The state is replaced as a whole by a patch. */
export interface World {
  state: State;
  /** Milliseconds since 1970; tests let time pass by giving their own. */
  readonly now: () => number;
}

/** An own member of a record whose key came from outside, where "constructor" must find nothing. */
export function lookUp<Member>(record: Record<string, Member>, key: string): Member | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
