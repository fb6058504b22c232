import { z } from "zod";
import { inScope, isDeletion, say, stopSignal } from "../../provider/core/call-scope";
import { defineResource } from "../../provider/engine/define-resource";
import { pollUntil, waitOut } from "../../provider/engine/poll";
import { SILENT } from "../support/engine-runs";
import { handlerOf } from "../support/handlers";
import { messageOf } from "../support/outcome";

afterEach(() => jest.restoreAllMocks());

test("what a call says goes where the call says, also from what it waits for, and of two at once to each its own", async () => {
  const heard: [string, string][] = [];
  const call = (name: string) =>
    inScope({ say: (line) => void heard.push([name, line]) }, async () => {
      say("first");
      await new Promise(setImmediate);
      say("second");
    });
  await Promise.all([call("a"), call("b")]);
  const of = (name: string) => heard.filter(([each]) => each === name).map(([, line]) => line);
  expect([of("a"), of("b")]).toEqual([
    ["first", "second"],
    ["first", "second"],
  ]);
});

test("outside a call it is printed, and nothing is told to stop", () => {
  const print = jest.spyOn(console, "log").mockImplementation(() => {});
  say("a line");
  expect(print.mock.calls).toEqual([["a line"]]);
  expect(stopSignal()).toBeUndefined();
});

describe("a call that is told to stop", () => {
  const stopping = <Result>(run: () => Promise<Result>) => {
    const stop = new AbortController();
    const ended = inScope({ say() {}, signal: stop.signal }, run);
    stop.abort();
    return ended;
  };

  test("ends a wait for something, with what it has seen last", async () => {
    const waited = await stopping(() =>
      pollUntil(
        1,
        {
          subject: "a thing",
          timeoutSeconds: 600,
          look: async () => 2,
          judge: () => ({ kind: "wait" }),
        },
        SILENT,
      ),
    );
    expect(waited).toEqual({ observed: 1, failure: "the run was told to stop" });
  });

  test("ends a wait for a time", async () => {
    const message = await messageOf(stopping(() => waitOut("a time", Date.now() + 600_000, SILENT)));
    expect(message).toBe(
      "Gave up waiting for a time: the run was told to stop.\nNext: run the command again.",
    );
  });
});

test("of a resource's calls, delete alone is a deletion", async () => {
  const seen: [string, boolean][] = [];
  const note = (call: string) => void seen.push([call, isDeletion()]);
  const {
    create,
    read,
    update,
    delete: remove,
  } = handlerOf(
    defineResource({
      fields: {},
      state: z.object({ profile: z.string().optional() }),
      connect: () => undefined,
      replaces: () => [],
      async create() {
        note("create");
        return { id: "it", outputs: {} };
      },
      async read() {
        note("read");
        return { outputs: {}, inputs: {} };
      },
      async update() {
        note("update");
        return {};
      },
      async delete() {
        note("delete");
      },
    }),
  );
  await create({});
  await read("it", {});
  await update("it", {}, {});
  await remove("it", {});
  expect(seen).toEqual([
    ["create", false],
    ["read", false],
    ["update", false],
    ["delete", true],
  ]);
});
