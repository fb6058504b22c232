import { isIPv6 } from "node:net";
import type { Advice } from "../advice";

export const bindAdvice: Advice = {
  server: "BIND",
  key: ({ key }) => `key "${key.name}" { algorithm ${key.algorithm}; secret "…"; };`,
  transfer: ({ zone, key }) =>
    `zone "${zone}" { allow-transfer { key "${key.name}"; }; }; and ADDRESS in the lists of addresses there`,
  wantedKey: ({ zone }) => `zone "${zone}" { allow-transfer { key "NAME"; }; };`,
  zone: ({ zone }) => `zone "${zone}" { type primary; file "${zone}.zone"; }; and allow-query`,
  status: ({ zone }) => `rndc zonestatus ${zone}; named-checkzone ${zone} FILE`,
  notify: (zone) => `rndc notify ${zone}`,
  listen: ({ address, port }) =>
    `options { ${isIPv6(address) ? "listen-on-v6" : "listen-on"} port ${port} { ${address}; }; };`,
  connections: "options { tcp-clients 150; }; and blackhole must not have ADDRESS",
};
