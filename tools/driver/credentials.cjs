// @ts-check

/**
 * Credentials and addresses of a simulator, as the environment carries them.
 * @param {import("../../simulator/index.js").Simulator} simulator
 */
function credentials(simulator) {
  return {
    CLOUDFLARE_API_TOKEN: simulator.cloudflareToken,
    CLOUDFLARE_BASE_URL: simulator.cloudflare,
    HOSTUP_API_TOKEN: simulator.hostupToken,
    HOSTUP_BASE_URL: simulator.hostup,
    SECONDARY_DNS_RESOLVER: simulator.dns,
  };
}

module.exports = { credentials };
