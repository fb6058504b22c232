import { isIPv6 } from "node:net";
import { absoluteName, withoutDot } from "../core/domain-name";
import type { Primary, TransferKey } from "./primary";

/** The lines of each server's configuration that have to do with a trouble. Never a secret: "…" is one. */
export interface Place {
  readonly zone: string;
  readonly primary: Primary;
}

export function keyNameOf({ name }: TransferKey): string {
  return absoluteName(name);
}

export function algorithmOf({ algorithm }: TransferKey): string {
  return withoutDot(algorithm.toLowerCase());
}

export function keyLines({ zone, primary: { key } }: Place): readonly string[] {
  const { name, id, algorithm } = namesOf(key);
  return [
    `BIND: key "${name}" { algorithm ${algorithm}; secret "…"; };`,
    `Knot: key: - id: ${id}, algorithm: ${algorithm}, secret: …`,
    `NSD: key: name: "${name}", algorithm: ${algorithm}, secret: "…"`,
    `PowerDNS: pdnsutil import-tsig-key ${id} ${algorithm} '…' && pdnsutil activate-tsig-key ${zone} ${id} primary`,
  ];
}

export function transferLines({ zone, primary: { key } }: Place): readonly string[] {
  const { name, id, algorithm } = namesOf(key);
  return [
    `BIND: zone "${zone}" { allow-transfer { key "${name}"; }; }; and ADDRESS in the lists of addresses there`,
    `Knot: acl: - address: ADDRESS, key: ${id}, action: transfer; and zone: - domain: ${zone}, acl: with its id`,
    `NSD: zone: name: "${zone}", provide-xfr: ADDRESS ${name}; and algorithm: ${algorithm} in that key`,
    `PowerDNS: pdnsutil activate-tsig-key ${zone} ${id} primary`,
  ];
}

/** Where a server says which key it wants. */
export function wantedKeyLines({ zone }: Place): readonly string[] {
  return [
    `BIND: zone "${zone}" { allow-transfer { key "NAME"; }; };`,
    `Knot: zone: - domain: ${zone}, acl: and the key: of that acl`,
    `NSD: zone: name: "${zone}", provide-xfr: ADDRESS NAME`,
    `PowerDNS: pdnsutil get-meta ${zone} TSIG-ALLOW-AXFR`,
  ];
}

export function zoneLines({ zone }: Place): readonly string[] {
  return [
    `BIND: zone "${zone}" { type primary; file "${zone}.zone"; }; and allow-query`,
    `Knot: zone: - domain: ${zone}, file: ${zone}.zone`,
    `NSD: zone: name: "${zone}", zonefile: "${zone}.zone"; and allow-query:`,
    `PowerDNS: pdnsutil load-zone ${zone} ${zone}.zone && pdnsutil set-kind ${zone} primary`,
  ];
}

export function statusLines({ zone }: Place): readonly string[] {
  return [
    `BIND: rndc zonestatus ${zone}; named-checkzone ${zone} FILE`,
    `Knot: knotc zone-status ${zone}; kzonecheck -o ${zone} FILE`,
    `NSD: nsd-control zonestatus ${zone}; nsd-checkzone ${zone} FILE`,
    `PowerDNS: pdnsutil check-zone ${zone}`,
  ];
}

export function listenLines({ primary: { address, port } }: Place): readonly string[] {
  const bind = isIPv6(address) ? "listen-on-v6" : "listen-on";
  return [
    `BIND: options { ${bind} port ${port} { ${address}; }; };`,
    `Knot: server: listen: ${address}@${port}`,
    `NSD: server: ip-address: ${address}@${port}, do-tcp: yes`,
    `PowerDNS: local-address=${address}, local-port=${port}`,
  ];
}

export function connectionLines(): readonly string[] {
  return [
    "BIND: options { tcp-clients 150; }; and blackhole must not have ADDRESS",
    "Knot: server: tcp-max-clients, tcp-workers",
    "NSD: server: tcp-count: 100",
    "PowerDNS: max-tcp-connections=20, max-tcp-connections-per-client=0",
  ];
}

export function clockLines(): readonly string[] {
  return [
    "the primary, whichever server it runs: chronyc tracking; chronyc makestep",
    "this machine: timedatectl status; timedatectl set-ntp true",
  ];
}

function namesOf(key: TransferKey | undefined) {
  if (key === undefined) return { name: "NAME", id: "NAME", algorithm: "hmac-sha512" };
  const name = keyNameOf(key);
  return { name, id: name.slice(0, -1), algorithm: algorithmOf(key) };
}
