/** How to run a server of one's own in a folder and on a loopback port, for demos and tests. */
export interface Running {
  /** The server's name. */
  readonly server: string;
  readonly command: string;
  /** For the file of its configuration, by its whole path. */
  readonly args: (file: string) => readonly string[];
  /** What stands before the configuration of its zones: where it listens and keeps its files. */
  readonly preamble: (folder: string, port: number) => string;
}
