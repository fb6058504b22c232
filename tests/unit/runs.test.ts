import { Runs } from "../../provider/runtime/runs";
import { stackConfig } from "../support/handlers";

test("another run begins when a kind of resource is configured once more, and not with another kind", async () => {
  const begins = jest.fn();
  const configure = jest.fn(async (_request: ReturnType<typeof stackConfig>) => {});
  const runs = new Runs(begins);
  const [tsig, peer] = ["tsig", "peer"].map((kind) =>
    runs.hear(kind, { create: async () => ({ id: kind, outs: {} }), configure }),
  );
  await tsig?.configure?.(stackConfig({}));
  await peer?.configure?.(stackConfig({}));
  expect(begins).not.toHaveBeenCalled();
  await peer?.configure?.(stackConfig({}));
  expect(begins).toHaveBeenCalledTimes(1);
  await tsig?.configure?.(stackConfig({}));
  expect(begins).toHaveBeenCalledTimes(1);
  expect(configure).toHaveBeenCalledTimes(4);
});
