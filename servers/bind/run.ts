import type { Running } from "../running";

export const runBind: Running = {
  server: "BIND",
  command: "named",
  args: (file) => ["-g", "-n", "1", "-c", file],
  // Without allow-transfer, BIND 9.18 would let anyone transfer.
  preamble: (folder, port) => `options {
  directory "${folder}"; pid-file "named.pid"; session-keyfile "session.key";
  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
  recursion no; dnssec-validation no; allow-transfer { none; }; notify-delay 0;
};
controls { };
`,
};
