import "../support/one-realm";
import { CONFIGURABLE, type ConfiguredPrimary, startConfigured } from "../support/configured-primary";
import { until } from "../support/dns-processes";
import { digZone, faultsOf } from "../support/dns-tools";
import { DoctorChain, KEY, MAY_LISTEN_ON_53 } from "../support/doctor-chain";
import { serverConfig } from "../support/server-config";
import { describeEach } from "../support/with-each";

const onPort53 = MAY_LISTEN_ON_53 ? test : test.skip;

describeEach(
  CONFIGURABLE,
  ({ name }) => `the doctor of a chain with ${name}`,
  (kind) => {
    let primary: ConfiguredPrimary | undefined;
    let chain: DoctorChain | undefined;
    afterEach(async () => {
      await chain?.end();
      await primary?.stop();
    });

    onPort53(
      "calls it healthy, and finds the primary gone",
      async () => {
        chain = await DoctorChain.startAround(async (zoneName, notify) => {
          const addresses = { transferFrom: ["127.0.0.1"], notify: [notify] };
          const key = { name: `${KEY.name}.`, algo: `${KEY.algorithm}.`, secret: KEY.secret };
          const config = serverConfig({ zoneName, keys: [key], mode: "nsec3", addresses });
          primary = await startConfigured(kind, zoneName, config);
          const { port, folder, log } = primary;
          // A server that signs in the background serves a zone that is half signed at first.
          const isSigned = async () => {
            const zone = await digZone(port, zoneName, folder, KEY);
            return (
              zone !== undefined && /\sNSEC3\s/.test(zone) && (await faultsOf(zone, zoneName, folder)) === ""
            );
          };
          await until("the zone is signed", isSigned, log);
          return port;
        });
        expect(await chain.diagnose()).toMatchObject({ code: 0, codes: [], verdict: "ok" });

        await primary?.stop();
        primary = undefined;
        expect(await chain.diagnose()).toMatchObject({
          code: 1,
          codes: ["primary-unreachable"],
          verdict: "fault",
        });
      },
      60_000,
    );
  },
);
