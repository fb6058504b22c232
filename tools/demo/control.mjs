// @ts-check

/**
 * What people do in consoles and at servers, through the simulator's control plane.
 * @param {import("../../simulator/index.js").Simulator} simulator
 */
export function controlOf({ control }) {
  /**
   * @param {string} path
   * @param {object} [patch]
   */
  const call = async (path, patch) => {
    const init = patch && {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(patch),
    };
    const response = await fetch(`${control}/${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  return {
    /** @returns {Promise<import("../../simulator/index.js").State>} */
    state: async () => /** @type {any} */ (await call("state")),
    /** @param {object} patch */
    change: (patch) => call("state", patch),
    /** @param {object} patch */
    changePrimary: (patch) => call("primary", patch),
    calls: async () => {
      const log = await call("requests");
      return Array.isArray(log) ? log.length : 0;
    },
  };
}
