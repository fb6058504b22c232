import { type SimulatorAddress, type SimulatorOptions, startSimulator } from "../../simulator";

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

type Headings = Readonly<Record<string, string>>;

async function send(method: string, url: string, body: unknown, headers: Headings): Promise<Reply> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(url, { method, headers, ...(text === undefined ? {} : { body: text }) });
  const answered = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: answered ? JSON.parse(answered) : undefined,
  };
}

export class SimulatorClient {
  readonly tsigs: string;
  readonly zone: string;
  readonly zoneId: string;
  readonly domain: string;
  readonly domainId: string;

  constructor(readonly simulator: SimulatorAddress) {
    const [zone] = simulator.zones;
    const [domain] = simulator.domains;
    if (!zone || !domain) throw new Error("the tests need a zone and a domain");
    this.zoneId = zone.id;
    this.domainId = domain.id;
    this.zone = `/zones/${zone.id}`;
    this.domain = `/domains/${domain.id}`;
    this.tsigs = `/accounts/${simulator.accountId}/secondary_dns/tsigs`;
  }

  cloudflare(method: string, path: string, body?: unknown, headers?: Headings): Promise<Reply> {
    const ours = { authorization: `Bearer ${this.simulator.cloudflareToken}` };
    return send(method, this.simulator.cloudflare + path, body, headers ?? ours);
  }

  hostup(method: string, path: string, body?: unknown, headers?: Headings): Promise<Reply> {
    const ours = { authorization: `Bearer ${this.simulator.hostupToken}` };
    return send(method, this.simulator.hostup + path, body, headers ?? ours);
  }

  control(method: string, path: string, body?: unknown): Promise<Reply> {
    return send(method, this.simulator.control + path, body, { "content-type": "application/json" });
  }

  /** Changes the state and fails the test if that is refused. */
  async patch(state: object): Promise<void> {
    const { status, body } = await this.control("PATCH", "/state", state);
    if (status !== 200) throw new Error(`state patch refused: ${JSON.stringify(body)}`);
  }

  patchZone(zone: object): Promise<void> {
    return this.patch({ zones: { [this.zoneId]: zone } });
  }

  patchDomain(domain: object): Promise<void> {
    return this.patch({ domains: { [this.domainId]: domain } });
  }
}

/** A fresh simulator for each test, closed after it. */
export function withSimulator(options: SimulatorOptions, test: (client: SimulatorClient) => Promise<void>) {
  return async (): Promise<void> => {
    const simulator = await startSimulator(options);
    try {
      await test(new SimulatorClient(simulator));
    } finally {
      await simulator.close();
    }
  };
}

/** A clock that stands still until it is moved. */
export function createClock() {
  let time = Date.parse("2026-01-01T00:00:00.000Z");
  return {
    now: () => time,
    advance: (seconds: number) => {
      time += seconds * 1000;
    },
  };
}
