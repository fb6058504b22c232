import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalAddress } from "../../../provider/dns/address";
import { run } from "../dns-processes";
import { type Read, sorted } from "./expected";

const KEY = /^key "(.*)" \{\n\talgorithm "(.*)";\n\tsecret "(.*)";\n\};/gm;
const ACL = /^acl "(.*)" \{\n\t(.*);\n\};/gm;
const ZONE =
  /^zone "(.*)" \{\n\ttype primary;\n\tfile ".*\.zone";\n\tinline-signing yes;\n\tallow-transfer {2}\{\n\t\t!\{\n\t\t\t!"(.*)";\n\t\t\t"any";\n\t\t\};\n\t\tkey "(.*)";\n\t\};\n\talso-notify \{\n\t\t(.*) port (\d+) key "(.*)";\n\t\};\n\tdnssec-policy (?:"?insecure"?|".*");\n\tnotify explicit;\n\};/gm;

/** What named has understood, as named-checkconf prints it. */
export async function readByBind(config: string, folder: string): Promise<Read> {
  writeFileSync(join(folder, "named.conf"), config);
  const printed = await run("named-checkconf", ["-p", "named.conf"], folder);
  const acls = new Map([...printed.matchAll(ACL)].map(([, name = "", from = ""]) => [name, from]));
  const zones = [...printed.matchAll(ZONE)].map(
    ([, zone = "", acl = "", key = "", to = "", port = "", other]) => {
      if (other !== key) throw new Error(`${zone}: NOTIFY is signed with ${other}, transfers with ${key}`);
      return {
        zone,
        key: key.replace(/\.$/, ""),
        transferFrom: plain(acls.get(acl)),
        notify: `${plain(to)}@${port}`,
      };
    },
  );
  const keys = [...printed.matchAll(KEY)].map(([, key = "", algorithm = "", secret = ""]) => ({
    key: key.replace(/\.$/, ""),
    algorithm,
    secret,
  }));
  const policies = printed.match(/^dnssec-policy /gm)?.length ?? 0;
  // Nothing stands at the top but what is counted here.
  const statements = printed.match(/^\S.*\{$/gm)?.length ?? 0;
  if (statements !== zones.length + keys.length + acls.size + policies) throw new Error(printed);
  return sorted({ zones, keys });
}

/** named prints a network for an address, and some IPv6 addresses with a tail in the form of IPv4. */
function plain(network = ""): string {
  const [address = "", length] = network.split("/");
  const text = canonicalAddress(address);
  return length === undefined || length === (address.includes(":") ? "128" : "32")
    ? text
    : `${text}/${length}`;
}
