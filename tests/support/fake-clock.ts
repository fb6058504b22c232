import { isInstalled } from "./dns-processes";

/**
 * The environment of a process whose clock is some seconds ahead of ours. The command `faketime` would run
 * it as a child that nothing here could stop, and ends at once where a killed process with the same id has
 * left its shared memory; the library alone goes on without.
 */
export function clockAheadBy(seconds: number): NodeJS.ProcessEnv {
  if (!isInstalled("faketime")) throw new Error("faketime is not installed");
  const library = "/usr/$LIB/faketime/libfaketimeMT.so.1";
  return { LD_PRELOAD: library, FAKETIME: `${seconds < 0 ? "" : "+"}${seconds}s` };
}
