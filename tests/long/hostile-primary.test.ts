import { ANSWERS } from "../support/hostile-dns/answers";
import { useHostileDns } from "../support/hostile-dns/meet";
import "../support/one-realm";

const { expectNoHarm } = useHostileDns();

test("there are forty kinds", () => {
  expect(Object.keys(ANSWERS).length).toBeGreaterThanOrEqual(40);
});

test.each(Object.entries(ANSWERS))(
  "no harm comes to any question to a server that %s",
  async (_what, answer) => {
    await expectNoHarm(answer);
  },
);
