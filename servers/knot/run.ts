import type { Running } from "../running";

export const runKnot: Running = {
  server: "Knot",
  command: "knotd",
  args: (file) => ["-c", file],
  preamble: (folder, port) => `server:
    rundir: "${folder}"
    listen: 127.0.0.1@${port}
    tcp-workers: 1
    udp-workers: 1
    background-workers: 1
log:
  - target: stderr
    any: info
database:
    storage: "${folder}"
template:
  - id: default
    storage: "${folder}"
`,
};
