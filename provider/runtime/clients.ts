import { type ChainAccess, type DnsAccess, dnsAccess, type RunNotes, runNotes } from "../chain/run/access";
import { NOTHING_REGISTERED, type RegisteredDs, type RegistrarDomain } from "../chain/view/registered-ds";
import { type CloudflareClient, createCloudflareClient } from "../cloudflare/client";
import { say } from "../core/call-scope";
import { isSecondaryDnsError } from "../core/errors";
import { readSettings, type ServiceSettings, type SettingsSource } from "../core/settings";
import { createHostupClient, type HostupClient } from "../hostup/client";
import { getDomainDnssec } from "../hostup/ds-records";
import type { Transport } from "../http/transport";
import { idOfDomain } from "./hostup-domain";

export interface Clients {
  /** What the resources of a run tell each other. */
  readonly notes: RunNotes;
  cloudflare(source: SettingsSource, profile: string | undefined): CloudflareClient;
  hostup(source: SettingsSource, profile: string | undefined): HostupClient;
  /** Cloudflare, and what is asked about a zone over DNS. */
  chain(source: SettingsSource, profile: string | undefined): ChainAccess;
  /** HostUp, and what is asked about a domain over DNS. */
  registrar(source: SettingsSource, profile: string | undefined): RegistrarAccess;
}

export interface RegistrarAccess extends DnsAccess {
  readonly hostup: HostupClient;
}

/** Resources with the same credential share a client, for they share its rate limit. */
export function createClients(transport: Transport): Clients {
  const cloudflareClients = new Map<string, CloudflareClient>();
  const hostupClients = new Map<string, HostupClient>();
  const notes = runNotes();
  const cloudflare = (source: SettingsSource, profile: string | undefined) => {
    const settings = readSettings(source, "cloudflare", profile);
    return shared(cloudflareClients, settings, () => createCloudflareClient(transport, settings));
  };
  const hostup = (source: SettingsSource, profile: string | undefined) => {
    const settings = readSettings(source, "hostup", profile);
    return shared(hostupClients, settings, () => createHostupClient(transport, settings));
  };
  return {
    notes,
    cloudflare,
    hostup,
    chain: (source, profile) => ({
      ...dnsAccess(source, notes),
      cloudflare: cloudflare(source, profile),
      registered: (domain) => registeredDs(() => hostup(source, domain.profile), domain),
    }),
    registrar: (source, profile) => ({ ...dnsAccess(source, notes), hostup: hostup(source, profile) }),
  };
}

async function registeredDs(connect: () => HostupClient, domain: RegistrarDomain): Promise<RegisteredDs> {
  try {
    const client = connect();
    const dnssec = await getDomainDnssec(client, await idOfDomain(client, domain));
    return { kind: "seen", ds: dnssec?.records.map(({ ds }) => ds) ?? [] };
  } catch (error) {
    if (!isSecondaryDnsError(error)) throw error;
    const why = error.message.split("\n")[0] ?? "";
    if (!domain.isRemembered) return { kind: "unknown", why };
    say(`Not checked: whether HostUp has accepted a DS that the parent does not show yet. ${why}`);
    return NOTHING_REGISTERED;
  }
}

function shared<Client>(clients: Map<string, Client>, settings: ServiceSettings, make: () => Client): Client {
  const { baseUrl, credentials } = settings;
  const identity =
    credentials.kind === "token"
      ? credentials.token.reveal()
      : `${credentials.email} ${credentials.apiKey.reveal()}`;
  const key = `${baseUrl.href} ${identity}`;
  const client = clients.get(key) ?? make();
  clients.set(key, client);
  return client;
}
