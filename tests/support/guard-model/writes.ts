/** `METHOD PATH STATUS …`, as the simulator logs a request. */
const ORDER = /^(?:POST|PUT|PATCH|DELETE) \/(?:client|api)\//;
/** A forced transfer changes no setting. */
const WRITE = /^\S+ \/client\/(?!.*\/force_axfr )/;
const AT_HOSTUP = /^\S+ \/api\/\S+ 2/;

/** What was asked of Cloudflare's API and of HostUp's to change something. */
export class Writes {
  #made: string[] = [];
  #atHostup = 0;
  #isNews = false;

  hear(line: string): void {
    if (!ORDER.test(line)) return;
    this.#isNews = true;
    if (WRITE.test(line)) this.#made.push(line);
    if (AT_HOSTUP.test(line)) this.#atHostup += 1;
  }

  /** Those at Cloudflare since the last time. */
  take(): readonly string[] {
    const made = this.#made;
    this.#made = [];
    return made;
  }

  /** How many HostUp has taken since the last time. */
  takeAtHostup(): number {
    const made = this.#atHostup;
    this.#atHostup = 0;
    return made;
  }

  /** Whether there was any call since the last time by which something may be served otherwise. */
  takeNews(): boolean {
    const isNews = this.#isNews;
    this.#isNews = false;
    return isNews;
  }
}
