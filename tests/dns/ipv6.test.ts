import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import type { PrimaryConfig } from "../../index";
import { Secret } from "../../provider/core/secret";
import { probeTransfer } from "../../provider/dns/probe-transfer";
import { CLOUDFLARE } from "../../servers/cloudflare-addresses";
import "../support/one-realm";
import { CONFIGURABLE } from "../support/configured-primary";
import { serveZone } from "../support/dns-serve-zone";
import type { DnsServer } from "../support/dns-server";
import { zoneText } from "../support/dns-zone-text";
import { serverConfig } from "../support/server-config";
import { describeEach } from "../support/with-each";

const ZONE = "example.com";
const KEY = { name: "cf.example.com.", algo: "hmac-sha256.", secret: Buffer.alloc(32, 1).toString("base64") };

/** What the server's own part of a configuration needs for an address of IPv6 beside the other. */
const ALSO_LISTENS: Record<keyof PrimaryConfig, readonly [RegExp, string]> = {
  bind: [
    /listen-on port (\d+) \{ 127\.0\.0\.1; \}; listen-on-v6 \{ none; \};/,
    "listen-on port $1 { 127.0.0.1; }; listen-on-v6 port $1 { ::1; };",
  ],
  knot: [/listen: 127\.0\.0\.1@(\d+)/, "listen: [ 127.0.0.1@$1, ::1@$1 ]"],
  nsd: [/ip-address: 127\.0\.0\.1@(\d+)/, "ip-address: 127.0.0.1@$1\n    ip-address: ::1@$1"],
  powerdns: [/local-address=127\.0\.0\.1/, "local-address=127.0.0.1, ::1"],
};

function onBothAddresses(server: DnsServer): DnsServer {
  return {
    ...server,
    async configure(place, config) {
      await server.configure(place, config);
      for (const name of readdirSync(place.folder).filter((file) => file.endsWith(".conf"))) {
        const file = join(place.folder, name);
        writeFileSync(file, readFileSync(file, "utf8").replace(...ALSO_LISTENS[server.name]));
      }
    },
  };
}

/** Stands for Cloudflare's NOTIFY address: gives the first message that names the key. Knot sends it over TCP. */
async function notifiedAt() {
  const tcp = createServer().listen(0, "::1");
  await once(tcp, "listening");
  const address = tcp.address();
  if (address === null || typeof address === "string") throw new Error("no port on ::1");
  const { port } = address;
  const udp = createSocket("udp6").bind(port, "::1");
  const signed = new Promise<Buffer>((resolve) => {
    const look = (message: Buffer) => {
      if (message.includes("\x02cf\x07example\x03com\0", 0, "latin1")) resolve(message);
    };
    udp.on("message", look);
    // Its two bytes of length come first.
    tcp.on("connection", (socket) =>
      socket.on("data", (data) => look(data.subarray(2))).on("error", () => {}),
    );
  });
  const close = () => {
    udp.close();
    tcp.close();
  };
  return { port, signed, close };
}

const OPCODE_NOTIFY = 4;

describeEach(
  CONFIGURABLE,
  ({ name }) => `${name} on IPv6`,
  (kind) => {
    const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
      all?.some(({ address }) => address === "::1"),
    );
    const ifIpv6 = hasIpv6 ? test : test.skip;

    ifIpv6(
      "transfers to the secondary's IPv6 address and notifies it there, with the key",
      async () => {
        const secondary = await notifiedAt();
        const addresses = {
          // BIND, Knot and NSD take the address and the key; the other one is that of another network.
          transferFrom: ["192.0.2.1", "::1"],
          notify: [{ address: "::1", port: secondary.port }],
        };
        const config = serverConfig({ zoneName: ZONE, keys: [KEY], mode: "nsec3", addresses })[kind.name];
        const served = await serveZone(onBothAddresses(kind), {
          zone: ZONE,
          text: zoneText(ZONE, 1),
          config,
        });
        try {
          const key = { name: KEY.name, algorithm: KEY.algo, secret: new Secret(KEY.secret) };
          const at = (address: string) => ({ name: "ns0", address, port: served.port, key });
          expect(await probeTransfer(at("::1"), ZONE)).toMatchObject({ ok: true });
          // To PowerDNS the key alone is enough.
          expect(await probeTransfer(at("127.0.0.1"), ZONE)).toMatchObject({ ok: kind.name === "powerdns" });
          await served.publish(`${zoneText(ZONE, 2)}added IN A 192.0.2.99\n`);
          const message = await secondary.signed;
          expect((message.readUInt16BE(2) >> 11) & 0xf).toBe(OPCODE_NOTIFY);
        } finally {
          secondary.close();
          await served.stop();
        }
      },
      60_000,
    );

    test("has all of Cloudflare's addresses in its text, those of IPv6 too", () => {
      const config = serverConfig({ zoneName: ZONE, keys: [KEY], mode: "nsec3" })[kind.name];
      const notify = CLOUDFLARE.notify.map(({ address }) => address);
      const named = kind.name === "powerdns" ? notify : [...CLOUDFLARE.transferFrom, ...notify];
      for (const address of named) expect(config).toContain(address);
    });
  },
);
