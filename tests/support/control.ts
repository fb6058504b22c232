import {
  type FaultRule,
  type LoggedRequest,
  type PrimaryState,
  type Simulator,
  type SimulatorOptions,
  type State,
  startSimulator,
} from "../../simulator";

/** What somebody does in a console, or what a network does, told in a test. */
export interface Control {
  readonly simulator: Simulator;
  requests(): Promise<LoggedRequest[]>;
  forgetRequests(): Promise<void>;
  state(): Promise<State>;
  /** Merges into the state (RFC 7386). */
  patch(change: object): Promise<void>;
  /** The same for the primary that a simulator may have. */
  patchPrimary(change: object): Promise<void>;
  primary(): Promise<PrimaryState>;
  fault(rule: Partial<FaultRule> & Pick<FaultRule, "fault">): Promise<void>;
  clearFaults(): Promise<void>;
}

/** A simulator for the tests of one `describe` or file, closed after them. */
export function useSimulator(options: SimulatorOptions = {}): () => Control {
  let control: Control | undefined;
  beforeAll(async () => {
    control = controlOf(await startSimulator(options));
  });
  afterAll(() => control?.simulator.close());
  return () => {
    if (control === undefined) throw new Error("the simulator starts in beforeAll: use it inside a test");
    return control;
  };
}

export function controlOf(simulator: Simulator): Control {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${simulator.control}/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  return {
    simulator,
    requests: async () => (await call("GET", "requests")) as LoggedRequest[],
    forgetRequests: async () => void (await call("DELETE", "requests")),
    state: async () => (await call("GET", "state")) as State,
    patch: async (change) => void (await call("PATCH", "state", change)),
    patchPrimary: async (change) => void (await call("PATCH", "primary", change)),
    primary: async () => (await call("GET", "primary")) as PrimaryState,
    fault: async (rule) => void (await call("POST", "faults", rule)),
    clearFaults: async () => void (await call("DELETE", "faults")),
  };
}
