import type { Advice } from "../advice";

export const nsdAdvice: Advice = {
  server: "NSD",
  key: ({ key }) => `key: name: "${key.name}", algorithm: ${key.algorithm}, secret: "…"`,
  transfer: ({ zone, key }) =>
    `zone: name: "${zone}", provide-xfr: ADDRESS ${key.name}; and algorithm: ${key.algorithm} in that key`,
  wantedKey: ({ zone }) => `zone: name: "${zone}", provide-xfr: ADDRESS NAME`,
  zone: ({ zone }) => `zone: name: "${zone}", zonefile: "${zone}.zone"; and allow-query:`,
  status: ({ zone }) => `nsd-control zonestatus ${zone}; nsd-checkzone ${zone} FILE`,
  notify: (zone) => `nsd-control notify ${zone}`,
  listen: ({ address, port }) => `server: ip-address: ${address}@${port}, do-tcp: yes`,
  connections: "server: tcp-count: 100",
};
