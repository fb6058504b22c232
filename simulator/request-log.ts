/** What is known of a request. Neither query, headers nor body: they may hold secrets. */
export interface LoggedRequest {
  readonly method: string;
  /** With the base path of its service. */
  readonly path: string;
  /** What the service answered, even when a fault lost it; 0 when it never saw the request. */
  readonly status: number;
  readonly milliseconds: number;
}

export class RequestLog {
  #requests: LoggedRequest[] = [];

  constructor(private readonly writeLine: (line: string) => void) {}

  add(request: LoggedRequest): void {
    this.#requests.push(request);
    this.writeLine(`${request.method} ${request.path} ${request.status} ${request.milliseconds} ms`);
  }

  list(): readonly LoggedRequest[] {
    return this.#requests;
  }

  clear(): void {
    this.#requests = [];
  }
}
