import type { RecordText } from "./records";

/** What the embedded primary serves: `GET _control/primary` shows it, `PATCH` changes it. */
export interface PrimaryState {
  /** TSIG keys, by name. */
  keys: Record<string, PrimaryKey>;
  /** By name. */
  zones: Record<string, PrimaryZone>;
}

export interface PrimaryKey {
  /** As DNS servers' configurations have it, such as hmac-sha256. */
  algorithm: string;
  /** In base64. */
  secret: string;
}

export interface PrimaryZone {
  /** Whether and how it is signed; NSEC3 has no iterations and no salt. */
  signing: "none" | "nsec" | "nsec3";
  /** Another number means other signing keys, at once: not how a key is rolled. */
  keyGeneration: number;
  /** Seconds that resolvers may keep its DNSKEY set. */
  keyTtl: number;
  /** Goes on by itself with each change of the content; set alone, it is what it is set to. */
  serial: number;
  /** All but SOA and what signing makes. */
  records: RecordText[];
  /** Names of the keys that may transfer it; the first signs NOTIFY. */
  transferKeys: string[];
}
