import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Simulator } from "../../simulator";

/** Changes what a service answers to a call that it has processed. */
export type Alter = (body: unknown, call: { readonly method: string; readonly path: string }) => unknown;

export interface AlteringProxy {
  /** Stack configuration that leads through it. */
  readonly config: Readonly<Record<string, string>>;
  /** What is done to the next answers. */
  alter: Alter;
  close(): Promise<void>;
}

/** Stands between the package and a simulator, and changes what comes back. */
export async function startAlteringProxy(simulator: Simulator): Promise<AlteringProxy> {
  const { origin } = new URL(simulator.cloudflare);
  const server = createServer(async (request, response) => {
    const { method = "GET", url = "/" } = request;
    const answer = await fetch(`${origin}${url}`, await forwarded(request, method));
    const body = proxy.alter(await answer.json(), { method, path: url });
    response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const proxy: AlteringProxy = {
    config: {
      "cloudflare:apiToken": simulator.cloudflareToken,
      "cloudflare:baseUrl": `${here}/client/v4`,
      "hostup:apiToken": simulator.hostupToken,
      "hostup:baseUrl": `${here}/api/v2`,
    },
    alter: (body) => body,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return proxy;
}

async function forwarded(request: IncomingMessage, method: string): Promise<RequestInit> {
  const { authorization = "", "user-agent": agent = "" } = request.headers;
  const headers = { authorization, "user-agent": agent, "content-type": "application/json" };
  const body = await text(request);
  return { method, headers, ...(body === "" ? {} : { body }) };
}
