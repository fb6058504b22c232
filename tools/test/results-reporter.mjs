// @ts-check
import { writeFileSync } from "node:fs";

/** A jest reporter that hands the results to the process that started jest, and prints nothing. */
export default class ResultsReporter {
  /**
   * @param {unknown} _contexts
   * @param {import("@jest/reporters").AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    writeFileSync(process.env.JEST_RESULTS_FILE ?? "", JSON.stringify(results));
  }
}
