// What to buy, from a folder of billing exports: `node recommend.js ./exports`. Plain JavaScript, ECMAScript modules.
import { csvFiles, recommend, SageplanError } from "sageplan";

const exports = process.argv.slice(2);
try {
  const { recommendation, hourlyUse } = await recommend({ exports, term: "1yr", scenarios: 50, seed: 1 });
  const { purchases, queued, reason, expected, risk } = recommendation;
  if (purchases.length + queued.length === 0) console.log(`Buy nothing: ${reason}`);
  for (const { term, paymentOption, commitmentUsdPerHour } of purchases)
    console.log(`Buy ${term} ${paymentOption}: $${commitmentUsdPerHour}/h`);
  for (const { term, paymentOption, commitmentUsdPerHour, start } of queued)
    console.log(`Queue ${term} ${paymentOption} for ${start}: $${commitmentUsdPerHour}/h`);
  console.log(`Saves $${expected.netSavingsUsd.toFixed(2)} on average; loses in ${risk.probabilityOfLoss * 100}% of the futures`);
  for (const { name, text } of csvFiles(recommendation, hourlyUse)) console.log(`${name}: ${text.length} characters`);
} catch (error) {
  // What is wrong with the input or the call, said for a person; all else is a bug.
  if (!(error instanceof SageplanError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
