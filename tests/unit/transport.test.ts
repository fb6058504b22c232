import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { NetworkError } from "../../provider/core/errors";
import { classifyFailure } from "../../provider/http/classify-failure";
import { createTransport } from "../../provider/http/transport";
import { errorOf } from "../support/outcome";

const HTTPS = "https://api.example/client/v4";

let proxy: Server;
let address: string;
let asked: string[];
const variables = { ...process.env };

beforeEach(async () => {
  asked = [];
  proxy = createServer((socket: Socket) => {
    socket.on("error", () => {});
    socket.once("data", (chunk) => {
      asked.push(String(chunk).split(" HTTP/")[0] ?? "");
      socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
    });
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const bound = proxy.address();
  address = `127.0.0.1:${bound !== null && typeof bound === "object" ? bound.port : 0}`;
});
afterEach(() => {
  process.env = { ...variables };
  proxy.close();
});

const send = (url: string) =>
  createTransport().send({ service: "Cloudflare", operation: "read it", method: "GET", url, headers: {} });

test("a call goes through the proxy that HTTPS_PROXY names, and its failure names the proxy", async () => {
  process.env.HTTPS_PROXY = `http://${address}`;
  const error = await errorOf(send(HTTPS));
  expect(asked).toEqual(["CONNECT api.example:443"]);
  expect(error).toBeInstanceOf(NetworkError);
  expect(error.message).toContain("by the proxy that HTTPS_PROXY or HTTP_PROXY names");
});

test("a call to this machine does not, since it is not encrypted", async () => {
  process.env.HTTP_PROXY = "http://127.0.0.1:9";
  process.env.HTTPS_PROXY = "http://127.0.0.1:9";
  expect(await send(`http://${address}/client/v4`)).toMatchObject({ status: 403 });
  expect(asked).toEqual(["GET /client/v4"]);
});

test.each(["user:hunter2@proxy", "hunter2 here"])(
  "a proxy that is no URL fails the call for good, without showing it (%s)",
  async (given) => {
    process.env.HTTPS_PROXY = given;
    const error = await errorOf(send(HTTPS));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).not.toContain("hunter2");
    expect(classifyFailure(error)).toEqual({ kind: "final" });
  },
);
