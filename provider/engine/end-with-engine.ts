import { fstatSync } from "node:fs";

const STANDARD_INPUT = 0;

/**
 * Ends a provider process as soon as the engine that started it is gone. One whose engine is killed alone would go
 * on with what is under way, and the next `up` would make again what no state remembers.
 *
 * The engine holds the other end of the standard input and never writes to it, so that it ends when the engine
 * does, however that ends and on every system
 * (https://github.com/pulumi/pulumi/blob/v3.250.0/sdk/go/common/resource/plugin/plugin.go). The parent process
 * tells less: Pulumi's own launcher is a shell that stands between and goes on.
 */
export function endWithEngine(): void {
  if (!isProvider() || !isPipe()) return;
  const end = () => process.exit(1);
  process.stdin.once("end", end).once("close", end).on("error", end).resume();
  // It is no reason to go on once the engine has closed the server.
  process.stdin.unref();
}

/** Rather than a test or a program that loads this package for another purpose. */
function isProvider(): boolean {
  return /[\\/]dynamic-provider([\\/]index\.js)?$/.test(process.argv[1] ?? "");
}

/** A provider that somebody starts by hand, to attach a debugger, may have none. */
function isPipe(): boolean {
  const input = fstatSync(STANDARD_INPUT);
  return input.isFIFO() || input.isSocket();
}
