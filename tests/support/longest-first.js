const { default: Sequencer } = require("@jest/test-sequencer");

const LONG = [
  "engine/life-cycle",
  "engine/primaries",
  "engine/",
  "contract/hostup-ds-set/",
  "dns/",
  "long/guard-model",
  "long/demo",
  "long/lab-dnssec.",
  "long/guides/pull-requests",
];

/** A fresh clone has no record of how long each file takes, and a long one at the end keeps one worker waiting. */
module.exports = class LongestFirst extends Sequencer {
  /**
   * @override
   * @param {import("@jest/test-result").Test[]} tests
   */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return LONG.reduceRight((order, part) => {
      const isLong = ({ path = "" }) => path.includes(`/tests/${part}`);
      return [...order.filter(isLong), ...order.filter((test) => !isLong(test))];
    }, sorted);
  }
};
