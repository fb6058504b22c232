import { ANSWERS } from "../support/hostile/answers";
import { CALLS } from "../support/hostile/calls";
import { useHostileServer } from "../support/hostile/meet";

const { expectNoHarm } = useHostileServer();

test.each(Object.entries(ANSWERS))("no harm comes to any call of a server that %s", async (_what, answer) => {
  await expectNoHarm(answer, Object.keys(CALLS));
});
