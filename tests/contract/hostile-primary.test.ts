import { ANSWERS } from "../support/hostile-dns/answers";
import { useHostileDns } from "../support/hostile-dns/meet";
import "../support/one-realm";

const { expectNoHarm } = useHostileDns();

// All kinds are tried by `npm run test:long`; these did harm once.
const some = /keys of one tag|names of names|on the terminal/;

test.each(Object.entries(ANSWERS).filter(([what]) => some.test(what)))(
  "no harm comes to any question to a server that %s",
  async (_what, answer) => {
    await expectNoHarm(answer);
  },
);
