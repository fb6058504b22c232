import type { PrimaryConfig } from "../../servers";
import "../support/one-realm";
import { CONFIGURABLE, startConfigured } from "../support/configured-primary";
import { until } from "../support/dns-processes";
import { digZone, missingTools } from "../support/dns-tools";
import { serverConfig } from "../support/server-config";

const ZONE = "example.com";

const config = serverConfig({
  zoneName: ZONE,
  keys: [{ name: "cf.example.com.", algo: "hmac-sha256.", secret: Buffer.alloc(32, 1).toString("base64") }],
  mode: "nsec3",
  addresses: { transferFrom: ["192.0.2.1"], notify: [{ address: "127.0.0.1", port: 9 }] },
});

/** Where the text says that another secondary goes: this machine, by its address alone. */
const ADDED: PrimaryConfig = {
  bind: config.bind.replace("allow-transfer { ", "$&127.0.0.1; "),
  knot: config.knot
    .replace("\nacl:\n", "$&  - id: other\n    address: 127.0.0.1\n    action: transfer\n")
    .replace("\n    acl: [", "$&other, "),
  nsd: `${config.nsd}    provide-xfr: 127.0.0.1 NOKEY\n`,
  powerdns: `${config.powerdns}pdnsutil add-meta ${ZONE} ALLOW-AXFR-FROM 127.0.0.1\n`,
};

/** Where one might put it in BIND's list, and it does nothing. */
const APPENDED: PrimaryConfig = {
  ...config,
  bind: config.bind.replace(/(allow-transfer .*) }/, "$1 127.0.0.1; }"),
};

for (const kind of CONFIGURABLE) {
  const isInstalled = missingTools(kind.commands).length === 0;
  (isInstalled ? test : test.skip)(
    `another secondary transfers from ${kind.name} once it is where the text says`,
    async () => {
      const { port, folder, log, configure, stop } = await startConfigured(kind, ZONE, APPENDED);
      try {
        expect(await digZone(port, ZONE, folder)).toBeUndefined();
        await configure(ADDED);
        await until("it transfers", () => digZone(port, ZONE, folder), log);
      } finally {
        await stop();
      }
    },
    60_000,
  );
}
