import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { controlRefusal } from "./control-guard";
import { type Conditions, exchange } from "./exchange";
import { type ApiAnswer, type ApiRequest, jsonAnswer, type RequestHead, type Service } from "./http";
import { readBody } from "./request-body";
import type { RequestLog } from "./request-log";

export const CONTROL_BASE_PATH = "/_control";

/** No request of the APIs needs a hundredth of it. */
const MOST_OCTETS = 1 << 20;
/** A patch may hold the state of 10,000 zones. */
const MOST_CONTROL_OCTETS = 64 << 20;

export interface Listener {
  readonly services: readonly { readonly service: Service; readonly conditions: Conditions }[];
  readonly control: (request: ApiRequest) => ApiAnswer;
  readonly requests: RequestLog;
  /** For mistakes of the simulator itself. */
  readonly reportBug: (error: unknown) => void;
}

export function createSimulatorServer({ services, control, requests, reportBug }: Listener): Server {
  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrived = performance.now();
    const { method = "", url = "" } = incoming;
    const mark = url.indexOf("?");
    const path = mark === -1 ? url : url.slice(0, mark);
    const seen = { method, query: new URLSearchParams(mark === -1 ? "" : url.slice(mark)) };
    const head = (basePath: string): RequestHead => ({
      ...seen,
      headers: incoming.headers,
      path: path.slice(basePath.length),
    });
    const log = (status: number) => {
      const milliseconds = Math.round((performance.now() - arrived) * 10) / 10;
      requests.add({ method, path, status, milliseconds });
    };

    if (isUnder(path, CONTROL_BASE_PATH)) {
      const request = head(CONTROL_BASE_PATH);
      const refusal = controlRefusal(request);
      if (refusal) return send(response, refusal);
      const body = await readBody(incoming, MOST_CONTROL_OCTETS);
      return send(response, body === undefined ? TOO_LONG : control({ ...request, body }));
    }

    const found = services.find(({ service }) => isUnder(path, service.basePath));
    if (!found) {
      log(404);
      return send(response, jsonAnswer(404, { error: "neither a simulated API nor the control plane" }));
    }
    const { service, conditions } = found;
    const body = () => readBody(incoming, MOST_OCTETS);
    const delivery = await exchange(service, head(service.basePath), body, conditions);
    // Logged before it is sent, so that whoever has the answer finds it in the log.
    log(delivery?.answer.status ?? 0);
    if (!delivery) incoming.socket.resetAndDestroy();
    else if (delivery.way === "lost") incoming.socket.destroy();
    else send(response, delivery.way === "truncated" ? truncate(delivery.answer) : delivery.answer);
  }

  return createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      // A client that goes away in the middle of its request is no mistake of ours.
      if (incoming.socket.destroyed) return;
      reportBug(error);
      incoming.socket.destroy();
    });
  });
}

const TOO_LONG = jsonAnswer(413, { error: "the body is too long" }, { connection: "close" });

function isUnder(path: string, basePath: string): boolean {
  return path === basePath || path.startsWith(`${basePath}/`);
}

function truncate(answer: ApiAnswer): ApiAnswer {
  return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
}

function send(response: ServerResponse, { status, headers, body }: ApiAnswer): void {
  const length = status === 204 ? {} : { "content-length": Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length }).end(body);
}
