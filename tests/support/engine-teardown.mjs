// @ts-check
import { rm } from "node:fs/promises";

export default async function teardown() {
  const root = process.env.SECONDARY_DNS_ENGINE_ROOT;
  if (root) await rm(root, { recursive: true, force: true });
}
