/** What a server says is left of a budget. */
export interface Allowance {
  readonly remaining: number;
  /** Milliseconds until the budget is full again. */
  readonly resetMs: number;
  /** The size of the full budget. */
  readonly quota?: number;
}

type Header = (name: string) => string | undefined;

/**
 * `Ratelimit: "default";r=50;t=30` with `Ratelimit-Policy: "default";q=100;w=60`
 * (draft-ietf-httpapi-ratelimit-headers, as Cloudflare sends them), or `X-RateLimit-Remaining` with
 * `X-RateLimit-Reset` as an ISO time (HostUp). Of several budgets the one with least left counts.
 */
export function readAllowance(header: Header, now: number): Allowance | undefined {
  return fromRatelimit(header) ?? fromXRateLimit(header, now);
}

function fromRatelimit(header: Header): Allowance | undefined {
  const quotas = new Map(
    items(header("ratelimit-policy")).map(({ name, values }) => [name, values.get("q")]),
  );
  const allowances = items(header("ratelimit")).flatMap(({ name, values }) => {
    const remaining = values.get("r");
    const seconds = values.get("t");
    if (remaining === undefined || seconds === undefined) return [];
    const quota = quotas.get(name);
    return [{ remaining, resetMs: seconds * 1_000, ...(quota === undefined ? {} : { quota }) }];
  });
  return allowances.sort((a, b) => a.remaining - b.remaining)[0];
}

function items(text: string | undefined): { name: string; values: Map<string, number> }[] {
  return (text ?? "")
    .split(",")
    .filter((item) => item.trim() !== "")
    .map((item) => {
      const [name = "", ...parameters] = item.split(";").map((part) => part.trim());
      const values = parameters.flatMap((parameter) => {
        const [key = "", value = ""] = parameter.split("=");
        return /^\d+$/.test(value) ? [[key, Number(value)] as const] : [];
      });
      return { name, values: new Map(values) };
    });
}

function fromXRateLimit(header: Header, now: number): Allowance | undefined {
  const remaining = number(header("x-ratelimit-remaining"));
  const reset = Date.parse(header("x-ratelimit-reset") ?? "");
  if (remaining === undefined || Number.isNaN(reset)) return undefined;
  const quota = number(header("x-ratelimit-limit"));
  return { remaining, resetMs: Math.max(0, reset - now), ...(quota === undefined ? {} : { quota }) };
}

/** Milliseconds that `Retry-After` asks for, in seconds or as a date. */
export function readRetryAfter(header: Header, now: number): number | undefined {
  const text = header("retry-after");
  const seconds = number(text);
  if (seconds !== undefined) return seconds * 1_000;
  const date = Date.parse(text ?? "");
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}

/** A wait that is asked for, as advice says it: of a date in the year 9999 nobody needs the seconds. */
export function inWords(seconds: number): string {
  return seconds > 86_400 ? "more than a day" : `${seconds} s`;
}
