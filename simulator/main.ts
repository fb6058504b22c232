#!/usr/bin/env node
import { runSimulator } from "./run";

runSimulator("secondary-dns-simulator", process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
