#!/usr/bin/env node
import { runSimulator } from "./run";

// A reader that has seen enough, such as `head`, is no fault.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

runSimulator("secondary-dns-simulator", process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
