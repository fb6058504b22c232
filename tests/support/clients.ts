import { type CloudflareClient, createCloudflareClient } from "../../provider/cloudflare/client";
import { readSettings } from "../../provider/core/settings";
import { createHostupClient, type HostupClient } from "../../provider/hostup/client";
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from "../../provider/http/retry-policy";
import { createTransport, type TransportOptions } from "../../provider/http/transport";

export interface Clients {
  readonly cloudflare: CloudflareClient;
  readonly hostup: HostupClient;
}

/** One attempt: the first failure is the last. */
export const IMPATIENT: RetryPolicy = {
  ...DEFAULT_RETRY_POLICY,
  unsent: 0,
  unsure: 0,
  limited: 0,
  garbled: 0,
};

/** Both typed clients as the resources use them, with a transport that loses patience soon. */
export function clientsOf(config: Readonly<Record<string, string>>, options: TransportOptions = {}): Clients {
  const source = { config: (key: string) => config[key], env: () => undefined };
  const transport = createTransport({ timeout: 1_000, retryPolicy: IMPATIENT, ...options });
  return {
    cloudflare: createCloudflareClient(transport, readSettings(source, "cloudflare", undefined)),
    hostup: createHostupClient(transport, readSettings(source, "hostup", undefined)),
  };
}
