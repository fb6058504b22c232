import { type Place, readBaseUrl, type ServiceName } from "./base-url";
import { SettingsError } from "./errors";
import { Secret } from "./secret";

/** Where settings come from: the stack's configuration first, then the environment. */
export interface SettingsSource {
  config(key: string): string | undefined;
  env(name: string): string | undefined;
}

export type { Place, ServiceName };

export type Credentials =
  | { readonly kind: "token"; readonly token: Secret }
  | { readonly kind: "email-and-key"; readonly email: string; readonly apiKey: Secret };

export interface ServiceSettings {
  readonly baseUrl: URL;
  readonly credentials: Credentials;
  /** Where the credentials are from. */
  readonly place: Place;
}

/** Credentials and base URL of one service for one profile. Read when a call is made, never before. */
export function readSettings(
  source: SettingsSource,
  service: ServiceName,
  profile: string | undefined,
): ServiceSettings {
  const namespace = profile === undefined ? service : `${service}-${profile}`;
  const prefix = namespace.toUpperCase().replaceAll("-", "_");
  const config = (key: string) => presence(source.config(`${namespace}:${key}`));
  const env = (name: string) => presence(source.env(`${prefix}_${name}`));

  const ofStack = (key: string) => printable(config(key), `${namespace}:${key}`);
  const ofEnv = (name: string) => printable(env(name), `${prefix}_${name}`);
  const inStack =
    token(ofStack("apiToken")) ??
    (service === "cloudflare" ? emailAndKey(ofStack("email"), ofStack("apiKey")) : undefined);
  const credentials =
    inStack ??
    token(ofEnv("API_TOKEN")) ??
    (service === "cloudflare" ? emailAndKey(ofEnv("EMAIL"), ofEnv("API_KEY")) : token(ofEnv("API_KEY")));
  if (!credentials) {
    const halves = [
      ...["email", "apiKey"].filter((key) => config(key)).map((key) => `${namespace}:${key}`),
      ...["EMAIL", "API_KEY"].filter((name) => env(name)).map((name) => `${prefix}_${name}`),
    ];
    throw new SettingsError(missingCredentials(service, namespace, prefix, halves));
  }

  const place = inStack === undefined ? "environment" : "stack";
  const baseUrl = readBaseUrl(service, place, {
    stack: { name: `${namespace}:baseUrl`, value: config("baseUrl") },
    environment: { name: `${prefix}_BASE_URL`, value: env("BASE_URL") },
  });
  return { credentials, place, baseUrl };
}

function presence(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value.trim();
}

/** A header takes no other credential, and what HTTP says about one helps nobody. */
function printable(value: string | undefined, name: string): string | undefined {
  if (value === undefined || /^[!-~]+$/.test(value)) return value;
  throw new SettingsError(
    `${name} has a space, a line break or a character outside ASCII in it.\nNext: set it again, as it was issued.`,
  );
}

function token(value: string | undefined): Credentials | undefined {
  return value === undefined ? undefined : { kind: "token", token: new Secret(value) };
}

function emailAndKey(email: string | undefined, apiKey: string | undefined): Credentials | undefined {
  if (email === undefined || apiKey === undefined) return undefined;
  return { kind: "email-and-key", email, apiKey: new Secret(apiKey) };
}

function missingCredentials(
  service: ServiceName,
  namespace: string,
  prefix: string,
  halves: readonly string[],
): string {
  const title = service === "cloudflare" ? "Cloudflare" : "HostUp";
  const others =
    service === "cloudflare"
      ? `, or an e-mail and key in ${namespace}:email and ${namespace}:apiKey (${prefix}_EMAIL, ${prefix}_API_KEY)`
      : ` (or ${prefix}_API_KEY)`;
  return [
    `No ${title} credentials found.`,
    ...(service === "cloudflare" && halves.length > 0
      ? [
          `${halves.join(" and ")} ${halves.length > 1 ? "are" : "is"} not used: e-mail and key must be set in the same place.`,
        ]
      : []),
    `Next: run "pulumi config set --secret ${namespace}:apiToken" or set ${prefix}_API_TOKEN${others}.`,
    `  A resource with an explicit provider (option "provider") sees no stack configuration: leave that option out, or use the environment.`,
  ].join("\n");
}
