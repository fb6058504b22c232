import { readFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../provider/core/version";

test("the version in the User-Agent is the package's", () => {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
  expect(manifest).toHaveProperty("version", version);
});
