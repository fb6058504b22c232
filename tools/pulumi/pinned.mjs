// @ts-check

/** The engine that is downloaded or built; `cli/go.mod` pins the same one. */
export const VERSION = "3.250.0";

/** The oldest engine accepted from PATH: the lower bound of the peer dependency @pulumi/pulumi. */
export const MINIMUM = "3.216.0";

/** What the Go toolchain must be at least to build it, as `cli/go.mod` says. */
export const MINIMUM_GO = "1.25.11";

export const CLI = "pulumi";
export const LANGUAGE_HOST = "pulumi-language-nodejs";
export const LAUNCHER = "pulumi-resource-pulumi-nodejs";

/** All that a TypeScript program with dynamic resources needs; the CLI is last, as it is installed last. */
export const PROGRAMS = [LAUNCHER, LANGUAGE_HOST, CLI];
