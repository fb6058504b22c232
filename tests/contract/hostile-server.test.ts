import { ANSWERS } from "../support/hostile/answers";
import { useHostileServer } from "../support/hostile/meet";

jest.setTimeout(60_000);

/** A create, a change, a list and pages; tests/long/hostile-server.test.ts has every call. */
const CALLS = [
  'create TSIG "cf.example.com." in account 9af211329b2fc82e5efe906062c73008',
  "change DNSSEC of zone 0123456789abcdef0123456789abcdef",
  "list the peers",
  "find domain example.se",
];

const { expectNoHarm } = useHostileServer();

test.each(Object.entries(ANSWERS))("no harm comes of a server that %s", async (_what, answer) => {
  await expectNoHarm(answer, CALLS);
});
