import { isSecondaryDnsError, SettingsError } from "../../provider/core/errors";
import type { SettingsSource } from "../../provider/core/settings";
import { getDnssecAuto } from "../../provider/hostup/dnssec-auto";
import { findDomainId } from "../../provider/hostup/domains";
import type { Clients } from "../../provider/runtime/clients";
import type { RegistrarView } from "./seen";

/** The domain as the stack names it; `isSure` when it does. */
export interface HostupDomain {
  readonly name: string;
  readonly id: string | undefined;
  readonly profile: string | undefined;
  readonly isSure: boolean;
}

/** What HostUp says, where a credential of it is set. A domain that only might be there is no matter if it is not. */
export async function lookAtHostup(
  clients: Clients,
  source: SettingsSource,
  { name, id, profile, isSure }: HostupDomain,
): Promise<RegistrarView> {
  try {
    const hostup = clients.hostup(source, profile);
    const auto = await getDnssecAuto(hostup, id ?? (await findDomainId(hostup, name)));
    if (auto !== undefined) return { kind: "seen", auto };
    return isSure
      ? {
          kind: "not asked",
          why: `the account has no domain ${id ?? name}.\nNext: check the API key (its account) and the domain in the program.`,
        }
      : { kind: "none" };
  } catch (error) {
    if (!isSecondaryDnsError(error)) throw error;
    const isElsewhere = !isSure && (error instanceof SettingsError || error.code === "SECONDARY_DNS_REFUSED");
    return isElsewhere ? { kind: "none" } : { kind: "not asked", why: error.message };
  }
}
