import { SettingsError } from "./errors";

export type ServiceName = "cloudflare" | "hostup";

/** Where a setting stands: the stack's configuration or the environment. */
export type Place = "stack" | "environment";

const DEFAULT_BASE_URL: Record<ServiceName, string> = {
  cloudflare: "https://api.cloudflare.com/client/v4",
  hostup: "https://cloud.hostup.se/api/v2",
};

const IN_WORDS: Record<Place, string> = {
  stack: "the stack configuration",
  environment: "the environment",
};

interface Setting {
  readonly name: string;
  readonly value: string | undefined;
}

/**
 * The base URL from the place of the credential, or the service's own. One from the other place would send the
 * credential where another hand leads: a changed line of a stack file in a pull request, say, that of the CI.
 */
export function readBaseUrl(
  service: ServiceName,
  place: Place,
  settings: Readonly<Record<Place, Setting>>,
): URL {
  const { name, value } = settings[place];
  if (value !== undefined) return parseBaseUrl(value, service, name);
  const other = place === "stack" ? "environment" : "stack";
  if (settings[other].value === undefined) return new URL(DEFAULT_BASE_URL[service]);
  const strange = settings[other].name;
  const next =
    place === "stack"
      ? `run "pulumi config set ${name}", or unset ${strange}`
      : `set ${name}, or take it back with "pulumi config rm ${strange}"`;
  throw new SettingsError(
    `${strange} is set in ${IN_WORDS[other]}, and the credential in ${IN_WORDS[place]}. A base URL takes effect only if it is set in the same place as its credential.\nNext: ${next}.`,
  );
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
