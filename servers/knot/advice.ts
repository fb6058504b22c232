import type { Advice } from "../advice";

export const knotAdvice: Advice = {
  server: "Knot",
  key: ({ key }) => `key: - id: ${key.id}, algorithm: ${key.algorithm}, secret: …`,
  transfer: ({ zone, key }) =>
    `acl: - address: ADDRESS, key: ${key.id}, action: transfer; and zone: - domain: ${zone}, acl: with its id`,
  wantedKey: ({ zone }) => `zone: - domain: ${zone}, acl: and the key: of that acl`,
  zone: ({ zone }) => `zone: - domain: ${zone}, file: ${zone}.zone`,
  status: ({ zone }) => `knotc zone-status ${zone}; kzonecheck -o ${zone} FILE`,
  notify: (zone) => `knotc zone-notify ${zone}`,
  listen: ({ address, port }) => `server: listen: ${address}@${port}`,
  connections: "server: tcp-max-clients, tcp-workers",
};
