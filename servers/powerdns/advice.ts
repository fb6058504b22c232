import type { Advice } from "../advice";

const activate = (zone: string, key: string) => `pdnsutil activate-tsig-key ${zone} ${key} primary`;

export const powerdnsAdvice: Advice = {
  server: "PowerDNS",
  key: ({ zone, key }) =>
    `pdnsutil import-tsig-key ${key.id} ${key.algorithm} '…' && ${activate(zone, key.id)}`,
  transfer: ({ zone, key }) => activate(zone, key.id),
  wantedKey: ({ zone }) => `pdnsutil get-meta ${zone} TSIG-ALLOW-AXFR`,
  zone: ({ zone }) => `pdnsutil load-zone ${zone} ${zone}.zone && pdnsutil set-kind ${zone} primary`,
  status: ({ zone }) => `pdnsutil check-zone ${zone}`,
  notify: (zone) => `pdns_control notify ${zone}`,
  listen: ({ address, port }) => `local-address=${address}, local-port=${port}`,
  connections: "max-tcp-connections=20, max-tcp-connections-per-client=0",
};
