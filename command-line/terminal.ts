/** Where a command runs: what it may read, and where its words go. */
export interface Terminal {
  /** What was asked for, to stdout. */
  print(text: string): void;
  /** What is said about it, to stderr. */
  note(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where Pulumi's project is. */
  readonly folder: string;
}
