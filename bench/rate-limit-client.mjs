// @ts-check
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * A provider process without the engine: makes the TSIGs numbered from `first` up to `end` at once, with
 * the installed package. Says when it is ready, begins at the answer, and reports when it began and ended.
 */
const [folder = "", accountId = "", first = "", end = ""] = process.argv.slice(2);
const { tsig } = createRequire(join(folder, "index.js"))("pulumi-secondary-dns/runtime");
await tsig.configure({ config: { get: () => undefined } });
const resources = await Promise.all(
  Array.from({ length: Number(end) - Number(first) }, async (_, index) => {
    const name = `key-${Number(first) + index}.example.`;
    return (await tsig.check({}, { accountId, name, __owner: `bench/bench/${name}` })).inputs;
  }),
);
process.once("message", async () => {
  const began = Date.now();
  const made = await Promise.allSettled(resources.map((inputs) => tsig.create(inputs)));
  const ended = Date.now();
  const failed = made.flatMap((result) => (result.status === "rejected" ? [String(result.reason)] : []));
  process.send?.({ began, ended, failed }, () => process.exit());
});
process.send?.("ready");
