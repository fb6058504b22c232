#!/usr/bin/env node
import { run } from "./run";

// A reader that has seen enough, such as `head`, is no fault.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

run(process.argv.slice(2), {
  print: (text) => void process.stdout.write(text),
  note: (text) => void process.stderr.write(text),
  env: process.env,
  folder: process.cwd(),
}).then((code) => {
  // Not process.exit, which may cut what a pipe has not taken yet.
  process.exitCode = code;
});
