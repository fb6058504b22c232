import { gzipSync } from "node:zlib";
import { type Answers, endless, head, MEBIBYTE, raw, slowly, whole } from "./answering";

/** What goes wrong below a whole answer. */
export const CONNECTIONS: Answers = {
  "says nothing": () => {},
  "closes the connection at once": (socket) => socket.destroy(),
  "resets the connection": (socket) => socket.resetAndDestroy(),
  "closes in the middle of the status": raw("HTTP/1.1 2"),
  "closes in the middle of the headers": raw("HTTP/1.1 200 OK\r\ncontent-ty"),
  "closes in the middle of the body": raw(`${head("200 OK", ["content-length: 1000"])}{"success":`),
  "speaks no HTTP": raw(Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 167) % 256))),
  "speaks HTTP/0.9": raw("<html>hello</html>"),
  "never ends its status": endless("HTTP/1.1 200 ", "x".repeat(65_536)),
  "never ends its headers": endless("HTTP/1.1 200 OK\r\n", "x-header: y\r\n".repeat(5_000)),
  "never ends one header": endless("HTTP/1.1 200 OK\r\nx: ", "x".repeat(65_536)),
  "never ends its informational answers": endless(
    "",
    "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n".repeat(1_000),
  ),
  "switches to another protocol": raw(
    head("101 Switching Protocols", ["upgrade: evil", "connection: upgrade"]),
  ),
  "sends its headers bit by bit": slowly("HTTP/1.1 200 OK\r\n", "x: y\r\n"),
  "sends its body bit by bit": slowly(head("200 OK", ["content-length: 100000"]), " "),
  "never ends its body": endless(head("200 OK"), Buffer.alloc(65_536, " ")),
  "never ends its chunks": endless(
    head("200 OK", ["transfer-encoding: chunked"]),
    `10000\r\n${" ".repeat(65_536)}\r\n`,
  ),
  "never ends a refusal": endless(head("400 Bad Request"), Buffer.alloc(65_536, "x")),
  "promises a petabyte": endless(
    head("200 OK", ["content-length: 1000000000000000"]),
    Buffer.alloc(65_536, "["),
  ),
  "promises a body and sends none": (socket) => socket.write(head("200 OK", ["content-length: 10"])),
  "tells two lengths": raw(`${head("200 OK", ["content-length: 2", "content-length: 3"])}{}`),
  "tells a negative length": raw(`${head("200 OK", ["content-length: -1"])}{}`),
  "tells no size of a chunk": raw(`${head("200 OK", ["transfer-encoding: chunked"])}zz\r\n{}\r\n0\r\n\r\n`),
  "tells an endless size of a chunk": raw(
    `${head("200 OK", ["transfer-encoding: chunked"])}ffffffffffffffff\r\n{}`,
  ),
  "sends a bomb of gzip": whole("200 OK", gzipSync(Buffer.alloc(64 * MEBIBYTE)), ["content-encoding: gzip"]),
  "sends bytes that are no UTF-8": whole("200 OK", Buffer.from([0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22])),
  "sends UTF-16": whole("200 OK", Buffer.from('\ufeff{"success":true}', "utf16le")),
};
