import { expect, test } from "vitest";
import { call } from "./call.ts";

const WRONG: [string, RegExp][] = [
  ["", /^Usage: sageplan/],
  ["recomend x", /unknown command 'recomend'\n\(Did you mean recommend\?\)/],
  ["recommend x --trem 1yr", /unknown option '--trem'\n\(Did you mean --term\?\)/],
  ["--bogus", /unknown option '--bogus'/],
  ["demo x", /too many arguments for 'demo'/],
  ["recommend", /name at least one billing export: a file, a folder or a glob\.\n/],
  [
    "recommend --rates a.json b c",
    /--rates takes every name up to the next option \(3 here\): put the exports before it/,
  ],
  ["inspect --json", /name at least one billing export/],
  ["normalize x", /required option '--out <file>' not specified/],
  ["normalize x --out y.txt", /'y\.txt' is invalid\. Expected a file name that ends in \.csv or \.parquet\./],
  ["recommend x --term 2yr", /'2yr' is invalid\. Allowed choices are 1yr, 3yr, any\./],
  ["recommend x --payment none", /Allowed choices are no-upfront, partial-upfront, all-upfront, any\./],
  ["recommend x --lookback 90d", /Allowed choices are 7d, 30d, 60d, 13mo, all\./],
  ["recommend x --from 2026-02-30", /Expected a day \(2026-07-01\) or an hour in UTC/],
  ["recommend x --from 2026-07-01T05:30:00Z", /Expected a day/],
  ["recommend x --to 2026-07-01T05:00:00+02:00", /Expected a day/],
  ["recommend x --to yesterday", /Expected a day/],
  [
    "recommend x --from 2026-07-01T05:00:00Z --to 2026-07-01",
    /--from 2026-07-01T05:00:00Z is not before --to 2026-07-01T00/,
  ],
  [
    "recommend x --lookback 7d --from 2026-07-01",
    /'--lookback <span>' cannot be used with option '--from <time>'/,
  ],
  ["recommend x --negotiated-discount 12", /Expected a share from 0 up to, but not, 1: 0\.12 for 12%\./],
  ["recommend x --negotiated-discount 1", /Expected a share/],
  ["recommend x --negotiated-discount=-0.1", /Expected a share/],
  ["recommend x --negotiated-discount 12%", /Expected a share/],
  ["recommend x --negotiated-discount 1e-1", /Expected a share/],
  ["recommend x --risk-aversion 1.1", /'1\.1' is invalid\. Expected a weight from 0 \(only the mean saving/],
  ["recommend x --risk-aversion=-0.1", /Expected a weight from 0/],
  ["recommend x --tail 90", /0\.9 looks at the worst tenth of the scenarios/],
  ["recommend x --tail 1", /Expected a share from 0 up to, but not, 1/],
  ["recommend x --min-utilization 80", /Expected a share from 0 to 1: 0\.8 for 80%/],
  ["recommend x --max-commitment=-1", /Expected an amount per hour/],
  [
    "recommend x --max-commitment $5",
    /Expected an amount per hour at Savings Plans rates, 0 or more, in plain digits/,
  ],
  ["recommend x --max-upfront 10,000", /Expected an amount, 0 or more, in plain digits: 10000\./],
  ["recommend x --discount-rate 8", /'8' is invalid\. Expected a yearly rate .*: 0\.08 for 8% a year\./],
  ["recommend x --discount-rate 8%", /0\.08 for 8% a year/],
  ["recommend x --ladder 1", /'1' is invalid\. Expected a whole number of monthly tranches from 2 to 12\./],
  ["recommend x --ladder 13", /Expected a whole number of monthly tranches/],
  ["recommend x --ladder 2.5", /Expected a whole number of monthly tranches/],
  [
    "recommend x --assume all",
    /'all' is invalid\. Expected headroom=none, headroom=likely or headroom=all\./,
  ],
  [
    "recommend x --safe-loss 5",
    /'5' is invalid\. Expected a probability from 0 up to, but not, 1: 0\.05 for 5%\./,
  ],
  ["headroom", /name at least one billing export/],
  ["headroom --metrics a.json b", /--metrics takes every name up to the next option \(2 here\)/],
  ["headroom x --target-utilization 0", /Expected a share above 0, up to 1: 0\.6 for 60% busy\./],
  ["simulate x --commitment 1yr-no-upfront=5 --assume headroom=all", /unknown option '--assume'/],
  ["recommend x --futures=", /Expected bootstrap, history, or the path of a file of scenarios\./],
  ["simulate x", /required option '--commitment <offering=amount\.\.\.>' not specified/],
  [
    "simulate --commitment 1yr-no-upfront=5 ./exports",
    /'\.\/exports' is invalid\. Expected an offering .* put the exports before it\./,
  ],
  [
    "simulate --commitment 1yr-no-upfront=5 3yr-no-upfront=5",
    /name at least one .* --commitment takes every name up to the next option \(2 here\)/,
  ],
  ["simulate x --commitment 5", /Expected an offering and an amount per hour, as 1yr-no-upfront=5\./],
  ["simulate x --commitment 1yr=3", /Expected one of the six offerings: 1yr or 3yr, then no-upfront/],
  ["simulate x --commitment 2yr-no-upfront=3", /Expected one of the six offerings/],
  ["simulate x --commitment 1yr-no-upfront=", /0, or from 0\.001 to 1000000, with at most five decimals/],
  ["simulate x --commitment 1yr-no-upfront=0.0009", /0, or from 0\.001/],
  ["simulate x --commitment 1yr-no-upfront=1.000001", /at most five decimals/],
  ["simulate x --commitment 1yr-no-upfront=-1", /0, or from 0\.001/],
  ["simulate x --commitment 1yr-no-upfront=1e3", /0, or from 0\.001/],
  ["simulate x --commitment 1yr-no-upfront=2000000", /0, or from 0\.001/],
  [
    "simulate x --commitment 1yr-no-upfront=1 3yr-no-upfront=2 1yr/NoUpfront=3",
    /'1yr\/NoUpfront=3' is invalid\. 1yr-no-upfront is there already: give each offering once/,
  ],
  [
    "simulate x --from 2026-07-02 --to 2026-07-01 --commitment 1yr-no-upfront=1",
    /--from 2026-07-02T00:00:00Z is not before/,
  ],
  ["inspect x --memory lots", /Expected a size such as 512MB or 4GB\./],
  ["inspect x --memory 0GB", /Expected a size/],
];

test.each(WRONG)("wrong call: sageplan %s", async (line, message) => {
  const { code, out, err } = await call(line.split(" ").filter(Boolean));
  expect(err).toMatch(message);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(line === "" ? /^Usage: / : /^sageplan: /);
});

const LATER = ["rates show"];

test.each(LATER)("not built yet: sageplan %s", async (line) => {
  const { code, out, err } = await call(line.split(" "));
  expect(err.replaceAll("\n", " ")).toMatch(
    /^sageplan: .* not in this version yet\. .*(What exists|Nothing)/,
  );
  expect({ code, out }).toEqual({ code: 2, out: "" });
});

test("help is on standard output, exits 0, and shows only what exists", async () => {
  for (const argv of [
    ["--help"],
    ["help"],
    ["recommend", "--help"],
    ["help", "recommend"],
    ["simulate", "--help"],
  ]) {
    const { code, out, err } = await call(argv);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^Usage: sageplan/);
  }
});

test("--version", async () => {
  const { code, out, err } = await call(["--version"]);
  expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect({ code, err }).toEqual({ code: 0, err: "" });
});
