/**
 * Owned plans from what `aws savingsplans describe-savings-plans` prints; only SageMaker plans that are held, were, or
 * will be. What is not known of a plan is refused: left out, it would be bought again.
 */
import type { z } from "zod";
import type { OwnedPlan } from "../../domain/commitment.ts";
import { currencyOf, currencyTold } from "../../domain/currency.ts";
import { SageplanError } from "../../domain/error.ts";
import { groupBy } from "../../domain/group.ts";
import { parseJson, readText } from "../files/text.ts";
import { parsePaymentOption, termOfSeconds } from "../rates/offering-text.ts";
import type { planPageSchema, sageMakerPlanSchema } from "./plan-file-schema.ts";
import { accountOfArn, endHourOfText, hourOfText } from "./plan-text.ts";

type PlanPage = z.infer<typeof planPageSchema>;
type Told = PlanPage["savingsPlans"][number];

/** Types of plans that the API knows beside SageMaker's; none of them covers SageMaker. */
const OTHER_TYPES: ReadonlySet<string> = new Set(["compute", "ec2instance", "database"]);

/** Held, or was. */
const HELD: ReadonlySet<string | undefined> = new Set(["active", "retired", "pending-return", undefined]);

/** Bought, and not begun: each begins on its start hour, unless it is called off or its payment fails. */
const QUEUED: ReadonlySet<string | undefined> = new Set(["queued", "payment-pending"]);

/** Never was, or AWS refunds it. */
const GONE: ReadonlySet<string | undefined> = new Set(["payment-failed", "queued-deleted", "returned"]);

/** `path`: one file of one page or of an array of them, or several files. @throws SageplanError `bad-plan-file` */
export async function readPlanFile(path: string | readonly string[]): Promise<OwnedPlan[]> {
  const plans: OwnedPlan[] = [];
  const copies: [arn: string, text: string][] = [];
  const paths = [path].flat();
  for (const [n, file] of paths.entries()) {
    const pages = await pagesOf(file);
    if (n === paths.length - 1 && pages.at(-1)?.nextToken) throw pageMissing(file);
    const { sageMakerPlanSchema: schema } = await import("./plan-file-schema.ts");
    for (const [place, told] of pages.flatMap(({ savingsPlans }) => savingsPlans).entries()) {
      const plan = planOf(told, `savingsPlans.${place}`, file, schema);
      if (plan === null) continue;
      copies.push([plan.arn, JSON.stringify(told)]);
      plans.push(plan);
    }
  }
  requireOneOfEach(copies, paths);
  return [...new Map(plans.map((plan) => [plan.arn, plan])).values()];
}

async function pagesOf(path: string): Promise<PlanPage[]> {
  const { planPageSchema: schema } = await import("./plan-file-schema.ts");
  const json: unknown = parseJson(
    await readText(path, "The file of owned plans (--owned)"),
    (why, cause) =>
      new SageplanError(
        "bad-plan-file",
        `${path} (--owned) is not valid JSON (${why}). Expected what \`aws savingsplans describe-savings-plans\` prints; \`sageplan pull plans\` writes it.`,
        { cause },
      ),
  );
  const pages: unknown[] = Array.isArray(json) && json.length > 0 ? json : [json];
  return pages.map((page) => valid(schema, page, path, ""));
}

function valid<T extends z.ZodType>(schema: T, value: unknown, path: string, place: string): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = [place, ...(issue?.path.map(String) ?? [])].filter((part) => part !== "").join(".") || "the top";
  throw unusable(path, at, issue?.message ?? "");
}

const unusable = (path: string, place: string, what: string): SageplanError =>
  new SageplanError(
    "bad-plan-file",
    `${path} is not what \`aws savingsplans describe-savings-plans\` prints: at ${place}, ${what}. ` +
      "Save that command's output, or that of `sageplan pull plans`, and name it.",
  );

/** null for a plan that does not matter: of another type, or gone. */
function planOf(
  told: Told,
  place: string,
  path: string,
  schema: typeof sageMakerPlanSchema,
): OwnedPlan | null {
  const type = told.savingsPlanType?.toLowerCase();
  const state = told.state?.toLowerCase();
  if (type !== undefined && OTHER_TYPES.has(type)) return null;
  if (type !== "sagemaker") {
    const found = told.savingsPlanType ?? "nothing";
    throw unusable(
      path,
      `${place}.savingsPlanType`,
      `found ${found}, expected SageMaker, Compute, EC2Instance or Database`,
    );
  }
  if (GONE.has(state)) return null;
  if (!HELD.has(state) && !QUEUED.has(state)) {
    const known = [...HELD, ...QUEUED, ...GONE].filter((each) => each !== undefined).join(", ");
    throw unusable(path, `${place}.state`, `found ${told.state}, expected one of ${known}`);
  }
  const plan = valid(schema, told, path, place);
  return {
    arn: plan.savingsPlanArn,
    ownerAccount: accountOfArn(plan.savingsPlanArn),
    term: termOfSeconds(plan.termDurationInSeconds) ?? "1yr",
    paymentOption: parsePaymentOption(plan.paymentOption) ?? "no-upfront",
    commitmentUsdPerHour: Number(plan.commitment),
    start: hourOfText(plan.start),
    end: endHourOfText(plan.end),
    isQueued: QUEUED.has(state),
    ...(plan.currency !== undefined && { currency: plan.currency }),
  };
}

const pageMissing = (path: string): SageplanError =>
  new SageplanError(
    "bad-plan-file",
    `${path} is one page of several: it ends with a nextToken, and no page after it is there, so plans would be missed. Fetch the others with ` +
      "--next-token and put all pages into one file (jq -s . page-*.json), or let `sageplan pull plans` fetch them all.",
  );

function requireOneOfEach(copies: readonly [string, string][], paths: readonly string[]): void {
  for (const [arn, of] of groupBy(copies, ([name]) => name)) {
    if (new Set(of.map(([, text]) => text)).size > 1) {
      throw new SageplanError(
        "bad-plan-file",
        `${paths.join(", ")} names the plan ${arn} ${of.length} times, differently. Keep the newest.`,
      );
    }
  }
}

/**
 * A commitment in another currency than the bill's covers another amount.
 * @throws SageplanError `bad-plan-file`
 */
export function requirePlansFit(plans: readonly OwnedPlan[], bill: { currency: string }): void {
  const other = plans.find(({ currency }) => currency !== undefined && currency !== currencyOf(bill));
  if (!other) return;
  throw new SageplanError(
    "bad-plan-file",
    `The plan ${other.arn} of --owned commits in ${other.currency}, and the bill is in ${currencyTold(bill)}: what it covers can't be told. ` +
      "Name the plans of the bill's own partition.",
  );
}
