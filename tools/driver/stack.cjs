// @ts-check
const { mkdir, writeFile } = require("node:fs/promises");
const { join } = require("node:path");
const { mustRun, runCommand } = require("./command.cjs");

/** @typedef {import("./command.cjs").Ran} Ran */

/**
 * @typedef {object} StateResource
 * @property {string} type
 * @property {string} urn
 * @property {string} [id]
 * @property {Record<string, unknown>} [inputs]
 * @property {Record<string, unknown>} [outputs]
 */

/**
 * @typedef {object} StackOptions
 * @property {string} folder of the project
 * @property {string} [stack] its name
 * @property {string} [own] where its state and Pulumi's home are, in place of the project's folder
 * @property {NodeJS.ProcessEnv} [env] added to what the CLI needs; PATH has the engine
 */

/**
 * A stack of a Pulumi project, with a backend and a Pulumi home of its own: nothing of the user's is touched.
 * Made by `pulumi stack init`, so a stack of this name must not be there yet.
 * @param {StackOptions} options
 */
async function createStack({ folder, stack = "test", own = folder, env: more = {} }) {
  const backend = join(own, ".backend");
  await mkdir(backend, { recursive: true });
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    PATH: process.env.PATH,
    HOME: own,
    PULUMI_HOME: join(own, ".pulumi-home"),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "correct horse battery staple",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...more,
  };
  const options = { cwd: folder, env };
  const flags = ["--non-interactive", "--color", "never"];
  // Several stacks of a project may be at work at once, and the selected one is the project's.
  const onStack = ["--stack", stack, ...flags];

  /** @param {NodeJS.ProcessEnv} added @param {string[]} args */
  const succeedWith = (added, ...args) =>
    mustRun("pulumi", [...args, ...onStack], { ...options, env: { ...env, ...added } });
  /** @param {string[]} args */
  const succeed = (...args) => succeedWith({}, ...args);
  /** @param {NodeJS.ProcessEnv} added @param {string[]} args */
  const pulumiWith = (added, ...args) =>
    runCommand("pulumi", [...args, ...onStack], { ...options, env: { ...env, ...added } });

  await mustRun("pulumi", ["stack", "init", stack, ...flags], options);
  return {
    folder,
    /** The whole environment that the CLI gets. */
    env,
    /** Runs the CLI; the exit code is for the caller to judge. @param {string[]} args */
    pulumi: (...args) => pulumiWith({}, ...args),
    /** The same, with more in its environment. */
    pulumiWith,
    /** Runs the CLI; its failure is an error with its output. */
    succeed,
    succeedWith,
    /** @param {string[]} args */
    up: (...args) => succeed("up", "--yes", "--skip-preview", ...args),
    destroy: () => succeed("destroy", "--yes", "--skip-preview"),
    /** Writes files of the project. @param {Readonly<Record<string, string>>} files */
    async write(files) {
      for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
    },
    /**
     * Sets stack configuration; a key with "secret " before it is set with --secret, `a[0].b` goes into an object.
     * @param {Readonly<Record<string, string>>} config
     */
    async set(config) {
      const settings = Object.entries(config).flatMap(([key, value]) =>
        key.startsWith("secret ")
          ? ["--secret", `${key.slice("secret ".length)}=${value}`]
          : ["--plaintext", `${key}=${value}`],
      );
      if (settings.length > 0) await succeed("config", "set-all", "--path", ...settings);
    },
    /** The exported state as text. */
    exported: async () => (await succeed("stack", "export")).stdout,
    /** The exported state's resources, the engine's own left out. */
    async resources() {
      /** @type {{ deployment: { resources?: StateResource[] } }} */
      const state = JSON.parse((await succeed("stack", "export")).stdout);
      return (state.deployment.resources ?? []).filter(({ type }) => !type.startsWith("pulumi:"));
    },
    /** @returns {Promise<Record<string, any>>} secrets in the clear */
    async outputs() {
      return JSON.parse((await succeed("stack", "output", "--json", "--show-secrets")).stdout);
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof createStack>>} Stack */

module.exports = { createStack };
