/** Types are checked once for the whole tree by `npm run check`; here the code is only compiled. */
const transform = { "\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json", diagnostics: false }] };

/** dist and examples hold package.json files that jest would take for second copies of this package. */
const modulePathIgnorePatterns = ["<rootDir>/dist/", "<rootDir>/examples/"];

const onTheEngine = {
  globalSetup: "<rootDir>/tests/support/engine-setup.mjs",
  globalTeardown: "<rootDir>/tests/support/engine-teardown.mjs",
  setupFilesAfterEnv: ["<rootDir>/tests/support/engine-timeout.ts"],
  transform,
  modulePathIgnorePatterns,
};

/** @type {import("jest").Config} */
module.exports = {
  coverageProvider: "v8",
  collectCoverageFrom: [
    "provider/**/*.ts",
    "servers/**/*.ts",
    "components/**/*.ts",
    "simulator/**/*.ts",
    "command-line/**/*.ts",
  ],
  // Most tests wait for a server or a TTL, so one more than the cores of a small machine.
  maxWorkers: 3,
  testSequencer: "<rootDir>/tests/support/longest-first.js",
  // A guard against hanging alone: a busy machine may need more than the usual 5 s for what takes one.
  testTimeout: 60_000,
  projects: [
    {
      displayName: "fast",
      testMatch: ["<rootDir>/tests/unit/**/*.test.ts", "<rootDir>/tests/contract/**/*.test.ts"],
      transform,
      modulePathIgnorePatterns,
    },
    {
      displayName: "dns",
      testMatch: ["<rootDir>/tests/dns/**/*.test.ts"],
      transform,
      modulePathIgnorePatterns,
    },
    {
      displayName: "engine",
      testMatch: ["<rootDir>/tests/engine/**/*.test.ts"],
      ...onTheEngine,
    },
    {
      // What takes minutes: models at full length, labs, kills. `npm run test:long` runs these, `npm test` does not.
      displayName: "long",
      testMatch: ["<rootDir>/tests/long/**/*.test.ts"],
      ...onTheEngine,
    },
    {
      // Every way to install a program and to start it, from the registry: `npm run test:installs`, before a release.
      displayName: "installs",
      testMatch: ["<rootDir>/tests/installs/**/*.test.ts"],
      ...onTheEngine,
    },
  ],
};
