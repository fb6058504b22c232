import { HELP } from "../simulator/command-line";
import { runSimulator } from "../simulator/run";
import type { Command } from "./command";

export const simulator: Command = {
  usage: "simulator [options]",
  summary: "stands in for Cloudflare and HostUp, offline",
  help: HELP,
  failed: 1,
  run(args) {
    return runSimulator("pulumi-secondary-dns simulator", args);
  },
};
