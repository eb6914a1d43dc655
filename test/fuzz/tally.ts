/** How the cases of each kind ended. */
import type { Asked, Done } from "./messages.ts";

export class Tally {
  total = 0;
  readonly #kinds = new Map<string, { codes: Map<number, number>; compared: number; milliseconds: number }>();

  add({ kind }: Asked, { code, compared, milliseconds }: Done): void {
    const of = this.#kinds.get(kind) ?? { codes: new Map<number, number>(), compared: 0, milliseconds: 0 };
    this.#kinds.set(kind, of);
    of.codes.set(code, (of.codes.get(code) ?? 0) + 1);
    of.compared += compared ? 1 : 0;
    of.milliseconds += milliseconds;
    this.total += 1;
  }

  text(): string {
    const lines = [...this.#kinds].sort().map(([kind, { codes, compared, milliseconds }]) => {
      const cases = [...codes.values()].reduce((a, b) => a + b);
      const exits = [...codes].sort(([a], [b]) => a - b).map(([code, count]) => `exit ${code}: ${count}`);
      return `${kind.padEnd(20)} ${String(cases).padStart(6)} cases, ${Math.round(milliseconds / cases)} ms each; ${exits.join(", ")}; ${compared} compared`;
    });
    return lines.join("\n");
  }
}
