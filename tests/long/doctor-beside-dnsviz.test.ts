import { closedPort } from "../support/closed-port";
import type { DnsvizReport } from "../support/dnsviz";
import { bindChild } from "../support/lab/child-bind";
import { describeLab } from "../support/lab/describe-lab";
import { FOREIGN_DS } from "../support/lab/ds";
import { type DoctorSays, LookedAt } from "../support/lab/looked-at";
import { NAME_SERVERS, PRIMARY_NAME } from "../support/lab/zone-texts";

// What each of the two says is in docs/doctor.md, with the reasons for the differences.

jest.setTimeout(120_000);

const DAY = 86_400;

interface Fault {
  readonly what: string;
  readonly plant: (chain: LookedAt) => Promise<unknown>;
  readonly doctor: DoctorSays;
  readonly dnsviz: DnsvizReport;
}

const HEALTHY: DnsvizReport = { delegation: "SECURE", errors: [], warnings: [] };
const bogus = (...errors: string[]): DnsvizReport => ({ delegation: "BOGUS", errors, warnings: [] });
/** The DS is of none of the keys that are served. */
const FOREIGN = bogus("MISSING_SEP_FOR_ALG", "NO_SEP");
const REFUSED = bogus("NO_SEP", "SERVER_INVALID_RESPONSE_TCP", "SERVER_INVALID_RESPONSE_UDP");

/** At Cloudflare, HostUp and the parent, where what was changed can be changed back. */
const ROUND_THE_PRIMARY: readonly Fault[] = [
  {
    what: "a primary that is down",
    plant: async (chain) => chain.patchPeer({ port: await closedPort() }),
    doctor: ["fault primary-unreachable"],
    dnsviz: HEALTHY,
  },
  {
    what: "a key with another secret at the primary",
    plant: (chain) => chain.patchKey({ secret: "b3RoZXI=" }),
    doctor: ["fault key-wrong"],
    dnsviz: HEALTHY,
  },
  {
    what: "a key that the primary does not know",
    plant: (chain) => chain.patchKey({ name: "other.example." }),
    doctor: ["fault key-unknown"],
    dnsviz: HEALTHY,
  },
  {
    what: "a peer without a key",
    plant: (chain) => chain.patchPeer({ tsig_id: "" }),
    doctor: ["warning peer-without-key"],
    dnsviz: HEALTHY,
  },
  {
    what: "a peer whose TSIG is gone",
    plant: (chain) => chain.patchPeer({ tsig_id: "f".repeat(32) }),
    doctor: ["fault peer-broken"],
    dnsviz: HEALTHY,
  },
  {
    what: "a peer at a server that does not serve the zone",
    plant: (chain) => chain.patchPeer({ ip: chain.lab.parent.address, port: 53, tsig_id: "" }),
    doctor: ["fault primary-lacks-zone", "warning peer-without-key"],
    dnsviz: HEALTHY,
  },
  {
    what: "signatures that may end before Cloudflare looks again",
    plant: (chain) => chain.client.patchZone({ incoming: { auto_refresh_seconds: 20 * DAY } }),
    doctor: ["warning signatures-end-soon", "warning expire-short", "warning served-end-soon"],
    dnsviz: HEALTHY,
  },
  {
    what: "an incoming transfer without peers",
    plant: (chain) => chain.client.patchZone({ incoming: { peers: [] } }),
    doctor: ["fault peers-missing"],
    dnsviz: HEALTHY,
  },
  {
    what: "no incoming transfer",
    plant: (chain) => chain.client.patchZone({ incoming: null }),
    doctor: ["fault transfer-missing"],
    dnsviz: HEALTHY,
  },
  {
    what: "a zone that is paused",
    plant: (chain) => chain.client.patchZone({ paused: true }),
    doctor: ["fault zone-paused"],
    dnsviz: HEALTHY,
  },
  {
    what: "DNSSEC with an error at Cloudflare",
    plant: (chain) => chain.client.patchZone({ dnssec: { status: "error" } }),
    doctor: ["fault dnssec-error"],
    dnsviz: HEALTHY,
  },
  {
    what: "HostUp's automatic DNSSEC that failed",
    plant: (chain) =>
      chain.client.patchDomain({ dnssecAuto: { status: "error", lastError: "registry says no" } }),
    doctor: ["fault hostup-error"],
    dnsviz: HEALTHY,
  },
  {
    what: "NSEC told to Cloudflare where the primary uses NSEC3",
    plant: (chain) => chain.client.patchZone({ dnssec: { dnssec_use_nsec3: false } }),
    doctor: ["fault denial-differs", "fault name-server-refuses"],
    dnsviz: REFUSED,
  },
  {
    what: "a DS of a zone that is served unsigned",
    plant: (chain) =>
      chain.client.patchZone({
        dnssec: { status: "disabled", dnssec_presigned: false, modified_on: null },
      }),
    doctor: ["warning presigned-off", "fault ds-without-signatures"],
    dnsviz: bogus(
      "MISSING_NSEC_FOR_NODATA",
      "MISSING_NSEC_FOR_NXDOMAIN",
      "MISSING_RRSIG",
      "MISSING_SEP_FOR_ALG",
      "NO_SEP",
    ),
  },
  {
    what: "presigned turned off though the primary signs",
    plant: (chain) => chain.client.patchZone({ dnssec: { dnssec_presigned: false } }),
    doctor: ["warning presigned-off", "fault ds-foreign"],
    dnsviz: FOREIGN,
  },
  {
    what: "a multi-signer zone whose signers lack each other's keys",
    plant: (chain) =>
      chain.client.patchZone({ dnssec: { dnssec_presigned: false, dnssec_multi_signer: true } }),
    doctor: ["fault signer-keys-missing", "fault ds-foreign"],
    dnsviz: FOREIGN,
  },
  {
    what: "a zone that is delegated elsewhere",
    plant: (chain) => chain.atParent((parent) => parent.delegate([PRIMARY_NAME])),
    doctor: ["warning not-delegated"],
    dnsviz: bogus("NO_SEP", "SERVER_UNRESPONSIVE_UDP"),
  },
  {
    what: "a delegation that lacks one of Cloudflare's name servers",
    plant: (chain) => chain.atParent((parent) => parent.delegate(NAME_SERVERS.slice(0, 1))),
    doctor: ["warning partly-delegated"],
    dnsviz: { ...HEALTHY, warnings: ["NS_NAME_NOT_IN_PARENT"] },
  },
  {
    what: "a DS of a foreign key",
    plant: (chain) => chain.atParent((parent) => parent.setDs([FOREIGN_DS])),
    doctor: ["fault ds-foreign"],
    dnsviz: FOREIGN,
  },
  {
    what: "no DS of a signed zone",
    plant: (chain) => chain.atParent((parent) => parent.setDs([])),
    doctor: ["warning ds-missing"],
    dnsviz: { ...HEALTHY, delegation: "INSECURE" },
  },
  {
    what: "a DS that resolvers may still hold",
    plant: async (chain) => {
      // What was asked before the change stays in the resolver.
      await chain.doctor();
      await chain.lab.parent.setDs([...chain.ds, FOREIGN_DS]);
    },
    doctor: ["warning ds-cached"],
    dnsviz: HEALTHY,
  },
];

const PAST = ["now-7200", "now-3600"] as const;
const PRESENT = ["now-3600", "now+1209600"] as const;
const OVER_NSEC3 = /^.*\sRRSIG\s+NSEC3\s.*\n/gm;
const OVER_NS = /^.*\sRRSIG\s+NS\s.*$/m;

/** At the primary, whose serial does not go back. */
const AT_THE_PRIMARY: readonly Fault[] = [
  {
    what: "a change that Cloudflare does not hear of",
    plant: async (chain) => {
      const secondary = { address: "127.0.0.1", port: await closedPort() };
      await chain.child.configure({ secondary });
      await chain.serialAfter(() => chain.child.publish(50));
    },
    doctor: ["warning serial-behind"],
    dnsviz: HEALTHY,
  },
  {
    what: "an old name server in the zone's own NS records",
    plant: (chain) => chain.transferAfter(() => chain.child.publish(50, [...NAME_SERVERS, PRIMARY_NAME])),
    doctor: ["warning name-servers-differ"],
    dnsviz: { ...HEALTHY, errors: ["SERVER_UNRESPONSIVE_UDP"], warnings: ["NS_NAME_NOT_IN_PARENT"] },
  },
  {
    what: "signing that was turned off, with the serial that it had counted up to",
    plant: (chain) => chain.serialAfter(() => chain.child.configure({ signing: "none" })),
    doctor: ["fault zone-unsigned", "fault serial-ahead"],
    dnsviz: HEALTHY,
  },
  {
    what: "signatures that have ended",
    plant: async (chain) => chain.serve(await chain.signed(...PAST)),
    doctor: ["fault signatures-expired", "fault served-expired"],
    dnsviz: bogus("EXPIRATION_IN_PAST", "NO_SEP"),
  },
  {
    what: "a signature over the NS records that has ended, while those over SOA and keys go on",
    plant: async (chain) => {
      const [ended = ""] = OVER_NS.exec(await chain.signed(...PAST)) ?? [];
      await chain.serve((await chain.signed(...PRESENT)).replace(OVER_NS, ended));
    },
    doctor: ["fault signatures-expired", "fault served-expired"],
    dnsviz: { ...HEALTHY, errors: ["EXPIRATION_IN_PAST"] },
  },
  {
    what: "other records that were changed after they were signed",
    plant: async (chain) => chain.serve((await chain.signed(...PRESENT)).replace("version 2000", "forged")),
    doctor: [],
    dnsviz: { ...HEALTHY, errors: ["SIGNATURE_INVALID"] },
  },
  {
    what: "no signatures over the NSEC3 records",
    plant: async (chain) => chain.serve((await chain.signed(...PRESENT)).replace(OVER_NSEC3, "")),
    doctor: ["fault denial-unsigned", "fault served-denial-unsigned"],
    dnsviz: { ...HEALTHY, errors: ["MISSING_RRSIG"] },
  },
  {
    what: "NSEC3 with iterations",
    plant: async (chain) => chain.serve(await chain.signed(...PRESENT, { iterations: 5 })),
    doctor: ["warning nsec3-iterations"],
    dnsviz: HEALTHY,
  },
  {
    what: "an SOA by which the zone expires when one check fails",
    plant: async (chain) => chain.serve(await chain.signed(...PRESENT, { expire: DAY })),
    doctor: ["warning expire-short"],
    dnsviz: HEALTHY,
  },
  {
    what: "keys that were rolled without the DS",
    plant: (chain) => chain.rollKeyAlone(),
    doctor: ["fault ds-foreign"],
    dnsviz: FOREIGN,
  },
];

/** Both at once. */
async function look(chain: LookedAt): Promise<Pick<Fault, "doctor" | "dnsviz">> {
  const [doctor, dnsviz] = await Promise.all([chain.doctor(), chain.dnsviz()]);
  return { doctor, dnsviz };
}

describeLab("beside dnsviz, the doctor", [...bindChild.commands, "rndc", "dnsviz"], () => {
  describe("of one chain, healthy before and after each fault,", () => {
    let chain: LookedAt;
    beforeAll(async () => {
      chain = await LookedAt.start(bindChild);
    });
    afterAll(() => chain?.lab.stop());
    afterEach(async () => {
      await chain.restore();
      expect(await chain.doctor()).toEqual([]);
    });

    test("finds nothing, as dnsviz does", async () => {
      expect(await look(chain)).toEqual({ doctor: [], dnsviz: HEALTHY });
    });

    test.each(ROUND_THE_PRIMARY)("sees $what", async ({ plant, doctor, dnsviz }) => {
      await plant(chain);
      expect(await look(chain)).toEqual({ doctor, dnsviz });
    });
  });

  test.each(AT_THE_PRIMARY)("sees $what", async ({ plant, doctor, dnsviz }) => {
    const chain = await LookedAt.start(bindChild);
    try {
      await plant(chain);
      expect(await look(chain)).toEqual({ doctor, dnsviz });
    } finally {
      await chain.lab.stop();
    }
  });
});
