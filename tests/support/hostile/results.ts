import { type Answers, fitting, MEBIBYTE, result, whole } from "./answering";

const STRANGE = [null, 7, -1e308, "", "x", true, [], {}, [[]], [null], [7], { result: 7 }];
const turn = <Item>(items: readonly Item[]) => {
  let next = 0;
  return () => items[next++ % items.length];
};
const strange = turn(STRANGE);

/** What stands in place of a result. */
export const RESULTS: Answers = {
  "answers nothing at all": whole("200 OK", ""),
  "answers a page": whole("200 OK", `<html>${"x".repeat(MEBIBYTE)}</html>`, ["content-type: text/html"]),
  "answers two documents": whole("200 OK", '{"success":true,"result":{}}{"success":true}'),
  "answers lists in lists": whole("200 OK", "[".repeat(4 * MEBIBYTE)),
  "answers lists in lists that end": whole("200 OK", `${"[".repeat(100_000)}${"]".repeat(100_000)}`),
  "answers millions of values": whole("200 OK", `{"success":true,"result":[${"{},".repeat(2_000_000)}{}]}`),
  "answers as many faulty items as it may": result(() => Array.from({ length: 100_000 }, () => ({}))),
  "answers one text of megabytes": result(() => "x".repeat(7 * MEBIBYTE)),
  "answers keys of megabytes": result(() => ({
    ["k".repeat(3 * MEBIBYTE)]: 1,
    id: "x".repeat(3 * MEBIBYTE),
  })),
  "answers what objects inherit": whole(
    "200 OK",
    '{"success":true,"errors":[],"messages":[],"result":{"__proto__":{"id":"x"},"constructor":{"prototype":{}},"toString":1},"__proto__":{"data":[]}}',
  ),
  "answers things of another kind": result(() => strange()),
  "answers a success in words": whole("200 OK", '{"success":"true","result":{},"errors":[]}'),
  "answers a success without a result": whole("200 OK", '{"success":true}'),
  "answers a success as a failure": whole("500 Oops", '{"success":true,"result":{}}'),
  "answers ids that lead elsewhere": result((asked) => {
    const fits = fitting(asked);
    const odd = {
      id: "../../user/tokens",
      peers: ["..", ""],
      data: [{ id: "dom_a/../b", name: "example.se" }],
    };
    return Array.isArray(fits) ? fits.map((item) => ({ ...item, ...odd })) : { ...Object(fits), ...odd };
  }),
  "answers about another object": result((asked) => {
    const fits = fitting(asked);
    const other = { id: "cd".repeat(16), name: "other.example.", ip: "203.0.113.1", status: "disabled" };
    return Array.isArray(fits) ? fits : { ...Object(fits), ...other };
  }),
  "answers numbers beyond measure": whole(
    "200 OK",
    '{"success":true,"errors":[],"messages":[],"result":{"auto_refresh_seconds":1e999,"soa_serial":-1e999,"name":"x","peers":[],"key_tag":1e999},"data":[]}',
  ),
  "has more pages for ever": (() => {
    let page = 0;
    return result(() => ({ data: [], hasMore: true, nextCursor: `cursor-${page++}` }));
  })(),
  "has more pages, and no way to them": result(() => ({ data: [], hasMore: true, nextCursor: null })),
};
