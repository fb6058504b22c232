/** `METHOD PATH STATUS …`, as the simulator logs a request. A forced transfer changes no setting. */
const WRITE = /^(?:POST|PUT|PATCH|DELETE) \/client\/(?!.*\/force_axfr )/;

/** What was asked of Cloudflare's API to change something. */
export class Writes {
  #made: string[] = [];

  hear(line: string): void {
    if (WRITE.test(line)) this.#made.push(line);
  }

  /** Those since the last time. */
  take(): readonly string[] {
    const made = this.#made;
    this.#made = [];
    return made;
  }
}
