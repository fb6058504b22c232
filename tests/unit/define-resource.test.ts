import { z } from "zod";
import { WaitError } from "../../provider/core/errors";
import type { SettingsSource } from "../../provider/core/settings";
import { defineResource } from "../../provider/engine/define-resource";
import { InitFailure } from "../../provider/engine/init-failure";
import { UNKNOWN } from "../../provider/engine/unknown";
import { type Bag, handlerOf, partialOf, stackConfig } from "../support/handlers";
import { errorOf, messageOf } from "../support/outcome";

interface Lamp {
  readonly settings: SettingsSource;
  readonly profile: string | undefined;
}

const seen = (transient: Bag) => (Object.keys(transient).length > 0 ? [transient] : []);

/** A resource with all that the skeleton knows of; `log` tells what its calls were given. */
function lamp(over: { create?: () => Promise<unknown>; update?: () => Promise<unknown> } = {}) {
  const log: unknown[] = [];
  const clients: Lamp[] = [];
  const provider = defineResource({
    fields: {
      room: z.string("a room"),
      color: z.string("a color").default("white"),
      pin: z.string("a pin").optional(),
      light: z.union([z.number(), z.literal(false)], "seconds, or false").optional(),
      profile: z.string("a profile").optional(),
    },
    secrets: ["pin"],
    computedInputs: ["pin"],
    transient: ["__wall"],
    waitInput: "light",
    state: z.object({
      profile: z.string().optional(),
      watts: z.number().optional(),
    }),
    connect(settings, profile) {
      const client: Lamp = { settings, profile };
      clients.push(client);
      return client;
    },
    replaces: (_id, _state, news) => (news.room === "attic" ? ["room"] : []),
    async create(_client, inputs, { isReplacing, transient }) {
      log.push(["create", inputs, ...(isReplacing ? ["replacing"] : []), ...seen(transient)]);
      await over.create?.();
      return { id: "lamp-1", outputs: { watts: 5, seen: undefined } };
    },
    async read(_client, id, state) {
      log.push(["read", id, state]);
      if (id === "lamp-0") return undefined;
      return { outputs: { watts: 7 }, inputs: { color: "red", watts: 7 }, drift: { pin: "(changed)" } };
    },
    async update(_client, id, state, inputs, { transient }) {
      log.push(["update", id, state, inputs, ...seen(transient)]);
      await over.update?.();
      return { watts: 6 };
    },
    async delete(_client, id, state) {
      log.push(["delete", id, state]);
    },
  });
  return { handler: handlerOf(provider), log, clients };
}

describe("create", () => {
  test("gives outputs, the inputs among them, without what is undefined", async () => {
    const { handler, log } = lamp();
    const { id, outs } = await handler.create({ room: "hall", __provider: "text" });
    expect(id).toBe("lamp-1");
    expect(outs).toStrictEqual({ room: "hall", color: "white", watts: 5 });
    expect(log).toEqual([["create", { room: "hall", color: "white" }]]);
  });

  test("refuses what a preview could not know, all at once and without secrets", async () => {
    const { handler, log } = lamp();
    const message = await messageOf(handler.create({ color: 1, pin: { value: "hunter2" }, lumen: 3 }));
    expect(message).toBe(
      [
        "room is missing; required: a room",
        "color is 1; allowed: a color",
        "pin is not acceptable (its value is secret, so not shown); allowed: a pin",
        "lumen is not an input; allowed: room, color, pin, light, profile",
      ].join("\n"),
    );
    expect(log).toEqual([]);
  });

  test("refuses what is still not known", async () => {
    const { handler, log } = lamp();
    expect(await messageOf(handler.create({ room: UNKNOWN, color: [UNKNOWN] }))).toBe(
      "room is not known\ncolor is not known",
    );
    expect(log).toEqual([]);
  });

  test("that fails for what another resource fails for too leaves each its own state", async () => {
    const shared = new WaitError("Not readable.");
    const half = (id: string) =>
      lamp({
        create: async () => {
          throw new InitFailure({ id, outputs: { watts: 0 } }, shared);
        },
      }).handler.create({ room: id });
    const errors = await Promise.all([errorOf(half("lamp-1")), errorOf(half("lamp-2"))]);
    expect(errors.map((error) => partialOf(error))).toMatchObject([
      { id: "lamp-1", properties: { room: "lamp-1" } },
      { id: "lamp-2", properties: { room: "lamp-2" } },
    ]);
    for (const error of errors) expect(error).toBeInstanceOf(WaitError);
  });

  test("that ends half-way keeps the object, with the provider's text", async () => {
    const reason = new WaitError("It is still dark.");
    const { handler } = lamp({
      create: async () => {
        throw new InitFailure({ id: "lamp-1", outputs: { watts: 0, seen: undefined } }, reason);
      },
    });
    const error = await errorOf(handler.create({ room: "hall", __provider: "text" }));
    expect(error).toBeInstanceOf(WaitError);
    expect(error).toMatchObject({ message: reason.message });
    expect(partialOf(error)).toStrictEqual({
      id: "lamp-1",
      properties: { room: "hall", color: "white", watts: 0, __provider: "text" },
      reasons: ["It is still dark."],
    });
  });

  test("that fails altogether leaves nothing to keep", async () => {
    const reason = new Error("no power");
    const { handler } = lamp({
      create: async () => {
        throw reason;
      },
    });
    const error = await errorOf(handler.create({ room: "hall" }));
    expect(error).toBe(reason);
    expect(partialOf(error)).toBeUndefined();
  });
});

describe("diff", () => {
  test("leaves the comparison to the engine, and names only what replaces", async () => {
    const { handler } = lamp();
    expect(await handler.diff("lamp-1", { watts: 5 }, { room: "attic" })).toStrictEqual({
      replaces: ["room"],
    });
    expect(await handler.diff("lamp-1", { watts: 5 }, { room: "hall" })).toStrictEqual({ replaces: [] });
  });

  test("needs no client", async () => {
    const { handler, clients } = lamp();
    await handler.diff("lamp-1", { profile: "eu" }, { room: "attic", profile: "us" });
    await handler.check({}, { room: "attic" });
    expect(clients).toEqual([]);
  });
});

describe("read", () => {
  const outs = { room: "hall", color: "white", watts: 5 };

  test("gives the server's view of the given inputs, and keeps what the server does not know", async () => {
    const { handler } = lamp();
    expect(await handler.read("lamp-1", outs)).toStrictEqual({
      id: "lamp-1",
      props: { room: "hall", color: "red", watts: 7 },
      inputs: { room: "hall", color: "red", pin: "(changed)" },
    });
  });

  test("gives what it looks up without inputs that nobody gave", async () => {
    const { handler } = lamp();
    const { props, inputs } = await handler.read("lamp-1", { profile: "eu", __provider: "text" });
    expect(props).toStrictEqual({ profile: "eu", color: "red", watts: 7, __inputs: ["profile"] });
    expect(inputs).toMatchObject({ profile: "eu" });
    expect(inputs).not.toHaveProperty("color");
  });

  test("gives an empty id for what is gone, and an error for what was never there", async () => {
    const { handler } = lamp();
    expect(await handler.read("lamp-0", outs)).toStrictEqual({ id: "", props: {} });
    expect(await messageOf(handler.read("lamp-0", { __provider: "text" }))).toContain("lamp-0");
  });
});

describe("what the program gave", () => {
  const outs = { room: "hall", color: "white", pin: "1234", watts: 5 };
  const read = async (props: object) => (await lamp().handler.read("lamp-1", { ...props })).props;

  test("is saved where it is not the rule", async () => {
    const { handler } = lamp();
    const { outs: saved } = await handler.create({ room: "hall", pin: "1234" });
    expect(saved).toStrictEqual({ ...outs, __inputs: ["room", "color", "pin"] });
    expect(await read({ ...saved })).toMatchObject({ pin: "1234", __inputs: ["room", "color", "pin"] });
  });

  test("does not include what is filled in as a rule", async () => {
    expect(await read(outs)).toStrictEqual({ room: "hall", color: "red", watts: 7 });
  });

  test("is what an older state lists", async () => {
    const { handler } = lamp();
    const { inputs } = await handler.read("lamp-1", { ...outs, __inputs: ["room", "gone"] });
    expect(inputs).toStrictEqual({ room: "hall", pin: "(changed)" });
    const listed = { ...outs, __inputs: ["room", "color"] };
    expect(await read(listed)).toStrictEqual({ room: "hall", color: "red", watts: 7 });
  });
});

describe("update", () => {
  test("gives all outputs again, since the engine forgets the old ones", async () => {
    const { handler, log } = lamp();
    const { outs } = await handler.update("lamp-1", { watts: 5 }, { room: "hall", color: "blue" });
    expect(outs).toStrictEqual({ room: "hall", color: "blue", watts: 6 });
    expect(log).toEqual([["update", "lamp-1", { watts: 5 }, { room: "hall", color: "blue" }]]);
  });

  test("that ends half-way keeps the object as it is now", async () => {
    const { handler } = lamp({
      update: async () => {
        throw new InitFailure({ id: "lamp-1", outputs: { watts: 0 } }, new WaitError("Still dark."));
      },
    });
    const error = await errorOf(handler.update("lamp-1", {}, { room: "hall", __provider: "text" }));
    expect(partialOf(error)).toMatchObject({ id: "lamp-1", properties: { watts: 0, __provider: "text" } });
  });
});

describe("what is in use by the program", () => {
  const outs = { room: "hall", color: "white", watts: 5 };
  const deletes = (log: readonly unknown[]) => log.filter((call) => String(call).startsWith("delete"));

  async function planned(handler: ReturnType<typeof lamp>["handler"], program: Bag): Promise<Bag> {
    const { inputs = {} } = await handler.check({ room: "hall" }, { ...program, __provider: "text" });
    await handler.diff("lamp-1", outs, { ...inputs, __provider: "text" });
    return inputs;
  }

  test("is not deleted with the old entry of a resource that an earlier run renamed", async () => {
    const { handler, log } = lamp();
    await planned(handler, { room: "hall" });
    await handler.delete("lamp-1", outs);
    expect(deletes(log)).toEqual([]);
  });

  test("is deleted when the engine replaces it by itself, with other inputs than it asked about first", async () => {
    const { handler, log } = lamp();
    // As with replaceOnChanges and ignoreChanges: the second check has no olds, and what is not ignored any more.
    const { inputs: first = {} } = await handler.check(outs, { room: "hall", color: "red" });
    await handler.diff("lamp-0", outs, first);
    const { inputs: second = {} } = await handler.check({}, { room: "cellar", color: "red" });
    await handler.create(second);
    await handler.delete("lamp-0", outs);
    expect(deletes(log)).toHaveLength(1);
  });

  test("is not deleted once it was updated", async () => {
    const { handler, log } = lamp();
    const { inputs = {} } = await handler.check(outs, { room: "hall", color: "red" });
    await handler.diff("lamp-1", outs, inputs);
    await handler.update("lamp-1", outs, inputs);
    await handler.delete("lamp-1", outs);
    expect(deletes(log)).toEqual([]);
  });

  test("is deleted when another takes its place", async () => {
    const { handler, log } = lamp();
    const inputs = await planned(handler, { room: "hall" });
    await handler.diff("lamp-0", outs, inputs);
    await handler.create({ ...inputs });
    await handler.delete("lamp-0", outs);
    expect(deletes(log)).toHaveLength(1);
  });

  test("is not what only a refresh has looked at, nor what an earlier run had", async () => {
    const { handler, log } = lamp();
    await handler.diff("lamp-1", outs, { room: "hall", color: "white" });
    await handler.delete("lamp-1", outs);
    await planned(handler, { room: "hall" });
    await handler.configure(stackConfig({}));
    await handler.delete("lamp-1", outs);
    expect(deletes(log)).toHaveLength(2);
  });

  test("stands beside what replaces it, and create is told so", async () => {
    const { handler, log } = lamp();
    await handler.check({ room: "hall" }, { room: "hall" });
    await handler.create({ room: "hall" });
    await handler.create({ room: "cellar" });
    expect(log).toEqual([
      ["create", { room: "hall", color: "white" }, "replacing"],
      ["create", { room: "cellar", color: "white" }],
    ]);
  });

  test("does not make another resource of the program look like a replacement", async () => {
    const { handler, log } = lamp();
    await handler.check({ room: "hall" }, { room: "hall", __resource: "urn::first" });
    const { inputs = {} } = await handler.check({}, { room: "hall", color: "red", __resource: "urn::other" });
    await handler.create(inputs);
    expect(log).toEqual([["create", { room: "hall", color: "red" }]]);
  });
});

describe("inputs", () => {
  test("are parsed once in a run, however many calls they come in", async () => {
    let parsed = 0;
    const count = z.string("a room").transform((room) => {
      parsed += 1;
      return room;
    });
    const handler = handlerOf(
      defineResource({
        fields: { room: count },
        state: z.object({}),
        connect: () => undefined,
        replaces: () => [],
        create: async (_client, { room }) => ({ id: room, outputs: {} }),
        read: async () => undefined,
        update: async () => ({}),
        delete: async () => {},
      }),
    );
    const { inputs = {} } = await handler.check({}, { room: "hall", __provider: "text" });
    expect(await handler.create({ ...inputs, __provider: "text" })).toMatchObject({ id: "hall" });
    expect(parsed).toBe(1);
    await handler.update("hall", {}, { ...inputs, __provider: "text" });
    expect(parsed).toBe(1);
  });
});

describe("what the class gives for one run alone", () => {
  const wall = (log: readonly unknown[]) => log.map((call) => (Array.isArray(call) ? call.at(-1) : call));

  test("is taken out by check, and reaches create and update of the same inputs", async () => {
    const { handler, log } = lamp();
    const first = { room: "hall", __wall: "north", __provider: "text" };
    const { inputs: hall = {}, failures } = await handler.check({}, first);
    expect({ hall, failures }).toStrictEqual({ hall: { room: "hall", color: "white" }, failures: [] });
    const { inputs: attic = {} } = await handler.check(hall, { room: "attic", __wall: ["east", "west"] });
    await handler.create({ ...hall, __provider: "text" });
    await handler.update("lamp-1", {}, { ...attic, __provider: "text" });
    expect(wall(log)).toEqual([{ __wall: "north" }, { __wall: ["east", "west"] }]);
  });

  test("is nothing where it is not known, not given, or of an earlier run", async () => {
    const { handler, log } = lamp();
    const { inputs: open = {} } = await handler.check({}, { room: "hall", __wall: UNKNOWN });
    await handler.create(open);
    const { inputs: none = {} } = await handler.check({}, { room: "attic" });
    await handler.create(none);
    const { inputs: earlier = {} } = await handler.check({}, { room: "cellar", __wall: "north" });
    await handler.configure(stackConfig({}));
    await handler.create(earlier);
    expect(log).toEqual([open, none, earlier].map((inputs) => ["create", inputs]));
  });

  test("is no input otherwise", async () => {
    const { handler } = lamp();
    const { failures = [] } = await handler.check({}, { room: "hall", __door: "south" });
    expect(failures.map(({ reason }) => reason)).toEqual([expect.stringContaining("__door is not an input")]);
  });
});

describe("a wait that failed", () => {
  const failing = async () => {
    throw new InitFailure({ id: "lamp-1", outputs: { watts: 0 } }, new WaitError("Still dark."));
  };

  test("is remembered across a refresh, and shows as drift until an update succeeds", async () => {
    const { handler } = lamp({ create: failing });
    const { properties } = partialOf(await errorOf(handler.create({ room: "hall", light: 5 }))) ?? {};
    expect(properties).toMatchObject({ light: 5, __awaited: true });
    const once = await handler.read("lamp-1", { ...properties });
    expect(once).toMatchObject({ inputs: { light: false }, props: { light: 5, __awaited: true } });
    expect((await handler.read("lamp-1", { ...once.props })).inputs).toMatchObject({ light: false });
    const { outs = {} } = await handler.update("lamp-1", { ...once.props }, { room: "hall", light: 5 });
    expect(outs).not.toHaveProperty("__awaited");
  });

  test("is not remembered where nothing was waited for", async () => {
    const { handler } = lamp({ create: failing });
    const { properties } = partialOf(await errorOf(handler.create({ room: "hall", light: false }))) ?? {};
    expect(properties).not.toHaveProperty("__awaited");
  });
});

describe("saved state that cannot be read", () => {
  const broken = { watts: "hunter2", profile: 7 };
  const said =
    'The saved state of this resource cannot be read: profile, watts.\nNext: correct these properties with "pulumi stack export" and "pulumi stack import"; or remove the resource with "pulumi state delete", and let the next "pulumi up" take its object over.';

  test("is named by its places, without its values", async () => {
    const { handler, log } = lamp();
    expect(await messageOf(handler.update("lamp-1", broken, { room: "hall" }))).toBe(said);
    expect(await messageOf(handler.delete("lamp-1", broken))).toBe(said);
    expect(await messageOf(handler.diff("lamp-1", broken, { room: "hall" }))).toBe(said);
    expect(log).toEqual([]);
  });

  test("may lack everything that an older release did not save", async () => {
    const { handler, log } = lamp();
    await handler.delete("lamp-1", { __provider: "text", other: 1 });
    expect(log).toEqual([["delete", "lamp-1", {}]]);
  });
});

describe("settings", () => {
  test("come from the stack as soon as configure is called, awaited or not", async () => {
    const { handler, clients } = lamp();
    void handler.configure(stackConfig({ "cloudflare:apiToken": "T" }));
    await handler.create({ room: "hall", profile: "eu" });
    expect(clients[0]?.profile).toBe("eu");
    expect(clients[0]?.settings.config("cloudflare:apiToken")).toBe("T");
    expect(clients[0]?.settings.config("cloudflare:email")).toBeUndefined();
  });

  test("come from the environment as it is when a call is made", async () => {
    const { handler, clients } = lamp();
    await handler.create({ room: "hall" });
    const { env = () => undefined } = clients[0]?.settings ?? {};
    process.env.LAMP_TEST = "one";
    expect(env("LAMP_TEST")).toBe("one");
    process.env.LAMP_TEST = "two";
    expect(env("LAMP_TEST")).toBe("two");
    delete process.env.LAMP_TEST;
  });

  test("are chosen by the new profile at update, by the saved one at read and delete", async () => {
    const { handler, clients } = lamp();
    await handler.update("lamp-1", { profile: "old" }, { room: "hall", profile: "new" });
    await handler.read("lamp-1", { profile: "old", __inputs: ["profile"] });
    await handler.delete("lamp-1", { profile: "old" });
    expect(clients.map(({ profile }) => profile)).toEqual(["new", "old", "old"]);
  });
});
