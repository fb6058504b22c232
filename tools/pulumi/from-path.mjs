// @ts-check
import { CLI, MINIMUM, PROGRAMS } from "./pinned.mjs";
import { versionOf, which } from "./programs.mjs";

/**
 * The version of the engine on PATH. Throws the reason when it cannot be used.
 * @param {NodeJS.ProcessEnv} env
 */
export async function fromPath(env) {
  const cli = which(CLI, env.PATH);
  if (!cli) throw new Error(`there is no \`${CLI}\``);
  const version = await versionOf(cli, env);
  if (!isAccepted(version)) throw new Error(`${cli} is ${version}, but ${MINIMUM} or a newer 3.x is needed`);
  const missing = PROGRAMS.filter((program) => !which(program, env.PATH));
  if (missing.length > 0) throw new Error(`${cli} is there, but not ${missing.join(" and ")}`);
  return version;
}

/** @param {string} version */
function isAccepted(version) {
  const [major, minor = 0] = version.split(".").map(Number);
  const [wantedMajor, wantedMinor = 0] = MINIMUM.split(".").map(Number);
  return major === wantedMajor && minor >= wantedMinor;
}
