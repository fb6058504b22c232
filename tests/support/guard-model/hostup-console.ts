import type { Simulator } from "../../../simulator";
import type { Control } from "../control";
import { SimulatorClient } from "../simulator-client";

/** The zone's domain at HostUp, as somebody changes its DS records by hand. */
export class HostupConsole {
  readonly #api: SimulatorClient;

  constructor(
    simulator: Simulator,
    private readonly control: Control,
  ) {
    this.#api = new SimulatorClient(simulator);
  }

  get domainId(): string {
    return this.#api.domainId;
  }

  /** What is there already HostUp refuses. */
  async add(ds: string): Promise<void> {
    const [keyTag, algorithm, digestType, digest] = ds.split(" ");
    const body = { type: "DS", keyTag, algorithm, digestType, digest };
    await this.#api.hostup("POST", `${this.#api.domain}/dnssec`, body);
  }

  async removeAll(): Promise<void> {
    const { dsRecords } = (await this.control.state()).domains[this.domainId] ?? { dsRecords: {} };
    for (const id of Object.keys(dsRecords))
      await this.#api.hostup("DELETE", `${this.#api.domain}/dnssec/${id}`);
  }
}
