// @ts-check
import { createInterface } from "node:readline";
import { start } from "../tools/demo/server-process.mjs";
import { until, usageOf } from "./transfer-tools.mjs";

/** @typedef {{ wall: number, processor: number, records: number, peakMegabytes: number }} Transferred */

/**
 * The simulator's binary in a process of its own, with a zone that is linked to the primary at this port.
 * @param {string} main
 * @param {string} name of the zone
 * @param {number} port
 * @param {import("./transfer-tools.mjs").Key} key
 */
export async function startSecondary(main, name, port, key) {
  const simulator = start(process.execPath, [main]);
  try {
    const line = await createInterface({ input: simulator.stdout })[Symbol.asyncIterator]().next();
    /** @type {import("../simulator/index.js").SimulatorAddress} */
    const address = JSON.parse(line.value);
    const zoneId = address.zones.find((zone) => zone.name === name)?.id ?? "";
    const call = caller(address);
    await link(call, address.accountId, zoneId, { name, port, key });
    return {
      dnsPort: Number(address.dns.split(":")[1]),
      stop: simulator.stop,
      peakMegabytes: async () => (await usageOf(simulator.pid)).peakMegabytes,
      /** @returns {Promise<Transferred>} */
      async transfer() {
        const { succeeded } = await transferOf(address, zoneId);
        const before = await usageOf(simulator.pid);
        const began = performance.now();
        await call("POST", `/zones/${zoneId}/secondary_dns/force_axfr`);
        const { records } = await until("the transfer has ended", async () => {
          const transfer = await transferOf(address, zoneId);
          if (transfer.lastError !== null) throw new Error(transfer.lastError);
          return transfer.succeeded > succeeded ? transfer : undefined;
        });
        const wall = (performance.now() - began) / 1_000;
        const { processor, peakMegabytes } = await usageOf(simulator.pid);
        return { wall, processor: processor - before.processor, records: records ?? 0, peakMegabytes };
      },
    };
  } catch (error) {
    await simulator.stop();
    throw error;
  }
}

/**
 * @param {ReturnType<typeof caller>} call
 * @param {string} accountId
 * @param {string} zoneId
 * @param {{ name: string, port: number, key: import("./transfer-tools.mjs").Key }} primary
 */
async function link(call, accountId, zoneId, { name, port, key }) {
  const account = `/accounts/${accountId}/secondary_dns`;
  const tsig = { name: key.name, algo: `${key.algorithm}.`, secret: key.secret };
  const { id: tsig_id } = await call("POST", `${account}/tsigs`, tsig);
  const { id } = await call("POST", `${account}/peers`, { name: "primary" });
  const peer = { name: "primary", ip: "127.0.0.1", port, ixfr_enable: false, tsig_id };
  await call("PUT", `${account}/peers/${id}`, peer);
  await call("POST", `/zones/${zoneId}/secondary_dns/incoming`, {
    name,
    peers: [id],
    auto_refresh_seconds: 86_400,
  });
}

/** @param {import("../simulator/index.js").SimulatorAddress} address */
function caller({ cloudflare, cloudflareToken }) {
  /** @param {string} method @param {string} path @param {object} [body] */
  return async (method, path, body) => {
    const response = await fetch(cloudflare + path, {
      method,
      headers: { authorization: `Bearer ${cloudflareToken}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    /** @type {{ result: { id: string } }} */
    const answer = JSON.parse(await response.text());
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer.result;
  };
}

/**
 * @param {import("../simulator/index.js").SimulatorAddress} address
 * @param {string} zoneId
 */
async function transferOf({ control }, zoneId) {
  /** @type {{ zones: Record<string, import("../simulator/index.js").Zone> }} */
  const { zones } = JSON.parse(await (await fetch(`${control}/state`)).text());
  const zone = zones[zoneId];
  if (!zone) throw new Error("the zone is gone");
  return zone.transfer;
}
