import { startSimulator } from "../../simulator";
import { type Control, controlOf } from "./control";
import { freshRuntime, ModelStack, type Program, type UpOptions, type Wanted } from "./engine-runs";
import { type Bag, simulatorConfig } from "./handlers";

/** A program of resources by name. */
export const programOf = (resources: Readonly<Record<string, Wanted>>): Program =>
  new Map(Object.entries(resources));

/** A simulator for each test, and stacks on it; what is printed is kept. */
export function useStacks() {
  let control: Control | undefined;
  let lines: string[] = [];
  beforeEach(async () => {
    lines = [];
    jest.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
    control = controlOf(await startSimulator());
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await control?.simulator.close();
  });
  const services = (): Control => {
    if (control === undefined) throw new Error("the simulator starts in beforeEach: use it inside a test");
    return control;
  };
  return {
    services,
    printed: () => lines.join("\n"),
    stack: (name?: string) => new Runs(new ModelStack(simulatorConfig(services().simulator), name)),
    peerIds: async () => Object.keys((await services().state()).peers).sort(),
    tsigIds: async () => Object.keys((await services().state()).tsigs).sort(),
    zone: async () => {
      const [zone] = Object.values((await services().state()).zones);
      if (zone === undefined) throw new Error("the simulator has no zone");
      return zone;
    },
  };
}

/** A stack whose every run is a process of its own. */
export class Runs {
  constructor(readonly model: ModelStack) {}

  /** A run that is to succeed. */
  async up(resources: Readonly<Record<string, Wanted>>, options?: UpOptions): Promise<void> {
    succeeded(await this.model.up(programOf(resources), freshRuntime(), options));
  }

  /** The messages of a run, by resource. */
  async failing(
    resources: Readonly<Record<string, Wanted>>,
    options?: UpOptions,
  ): Promise<Record<string, string>> {
    const errors = await this.model.up(programOf(resources), freshRuntime(), options);
    return Object.fromEntries([...errors].map(([name, error]) => [name, String(error)]));
  }

  async refresh(): Promise<void> {
    succeeded(await this.model.refresh(freshRuntime()));
  }

  async destroy(options?: UpOptions): Promise<void> {
    succeeded(await this.model.destroy(freshRuntime(), options));
  }

  /** A destroy that does the resources of each group all at once. */
  async destroyInOrder(groups: readonly (readonly string[])[]): Promise<void> {
    const remove = await this.model.removing(freshRuntime());
    for (const group of groups) await Promise.all(group.map((name) => remove(name)));
  }

  preview(resources: Readonly<Record<string, Wanted>>): Promise<Record<string, string[]>> {
    return this.model.preview(programOf(resources), freshRuntime());
  }

  outputsOf(name: string): Bag {
    return this.model.outputsOf(name);
  }
}

function succeeded(errors: ReadonlyMap<string, unknown>): void {
  expect([...errors].map(([name, error]) => `${name}: ${error}`)).toEqual([]);
}
