/** @type {import("jest").Config} */
module.exports = {
  coverageProvider: "v8",
  collectCoverageFrom: ["provider/**/*.ts", "components/**/*.ts", "simulator/**/*.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/examples/"],
  // Types are checked once for the whole tree by `npm run check`; here the code is only compiled.
  transform: { "\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json", diagnostics: false }] },
};
