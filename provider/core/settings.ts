import { SettingsError } from "./errors";
import { Secret } from "./secret";

/** Where settings come from: the stack's configuration first, then the environment. */
export interface SettingsSource {
  config(key: string): string | undefined;
  env(name: string): string | undefined;
}

export type ServiceName = "cloudflare" | "hostup";

export type Credentials =
  | { readonly kind: "token"; readonly token: Secret }
  | { readonly kind: "email-and-key"; readonly email: string; readonly apiKey: Secret };

export interface ServiceSettings {
  readonly baseUrl: URL;
  readonly credentials: Credentials;
}

const DEFAULT_BASE_URL: Record<ServiceName, string> = {
  cloudflare: "https://api.cloudflare.com/client/v4",
  hostup: "https://cloud.hostup.se/api/v2",
};

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
  const credentials =
    token(ofStack("apiToken")) ??
    (service === "cloudflare" ? emailAndKey(ofStack("email"), ofStack("apiKey")) : undefined) ??
    token(ofEnv("API_TOKEN")) ??
    (service === "cloudflare" ? emailAndKey(ofEnv("EMAIL"), ofEnv("API_KEY")) : token(ofEnv("API_KEY")));
  if (!credentials) {
    const halves = [
      ...["email", "apiKey"].filter((key) => config(key)).map((key) => `${namespace}:${key}`),
      ...["EMAIL", "API_KEY"].filter((name) => env(name)).map((name) => `${prefix}_${name}`),
    ];
    throw new SettingsError(missingCredentials(service, namespace, prefix, halves));
  }

  const fromConfig = config("baseUrl");
  const given = fromConfig ?? env("BASE_URL");
  const name = fromConfig === undefined ? `${prefix}_BASE_URL` : `${namespace}:baseUrl`;
  return { credentials, baseUrl: parseBaseUrl(given ?? DEFAULT_BASE_URL[service], service, name) };
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
      ? [`${halves.join(" and ")} alone will not do: e-mail and key have to stand in the same place.`]
      : []),
    `Next: run "pulumi config set --secret ${namespace}:apiToken" or set ${prefix}_API_TOKEN${others}.`,
  ].join("\n");
}

/**
 * A token must never travel in clear text, so plain http is for this machine alone. Under another path
 * the API answers "not found" to everything, and a refresh would take every object for deleted.
 */
function parseBaseUrl(text: string, service: ServiceName, name: string): URL {
  const path = new URL(DEFAULT_BASE_URL[service]).pathname;
  const allowed = `an https URL that ends in ${path}, or http to this machine (localhost, 127.0.0.0/8, [::1]), without user or query`;
  if (!URL.canParse(text)) throw new SettingsError(`${name} is not a URL; allowed: ${allowed}.`);
  const url = new URL(text);
  url.pathname = url.pathname.replace(/\/+$/, "");
  const safe = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  const bare = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (!safe || !bare || !url.pathname.endsWith(path)) {
    throw new SettingsError(`${name} is ${url.protocol}//${url.host}${url.pathname}; allowed: ${allowed}.`);
  }
  return url;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
