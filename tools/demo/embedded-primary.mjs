// @ts-check
import { controlOf } from "./control.mjs";

/**
 * The simulator's own primary, which needs nothing on this machine.
 * @param {import("../../simulator/index.js").Simulator} simulator
 * @param {string} zone
 * @returns {import("./primary.mjs").Primary}
 */
export function embeddedPrimary(simulator, zone) {
  const control = controlOf(simulator);
  return {
    name: "The simulator's primary",
    part: "bind",
    keyTtl: "short",
    port: Number(simulator.primary?.split(":")[1]),
    async take({ bind }) {
      const keys = keysIn(bind);
      await control.changePrimary({
        keys: Object.fromEntries(keys.map(({ name, ...key }) => [name, key])),
        zones: { [zone]: { transferKeys: keys.map(({ name }) => name) } },
      });
    },
    stop: async () => {},
  };
}

/**
 * The key blocks of a BIND configuration.
 * @param {string} text
 */
function keysIn(text) {
  const blocks = text.matchAll(/^key "(.+?)\.?" \{\s*algorithm "?([\w-]+)"?;\s*secret "(.+?)";\s*\};/gm);
  return [...blocks].map(([, name = "", algorithm = "", secret = ""]) => ({ name, algorithm, secret }));
}
