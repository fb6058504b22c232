import type { Running } from "../running";

export const runNsd: Running = {
  server: "NSD",
  command: "nsd",
  args: (file) => ["-d", "-c", file],
  preamble: (folder, port) => `server:
    ip-address: 127.0.0.1@${port}
    server-count: 1
    username: ""
    zonesdir: "${folder}"
    pidfile: "${folder}/nsd.pid"
    xfrdfile: "${folder}/xfrd.state"
    xfrdir: "${folder}"
    zonelistfile: "${folder}/zone.list"
    database: ""
remote-control:
    control-enable: yes
    control-interface: "${folder}/control"
`,
};
