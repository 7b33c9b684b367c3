/**
 * How often what is measured had which size: a histogram in Prometheus' text format, for what is measured with every keystroke.
 * The library's finds its labels anew for each value, which in a room that types fast was a twelfth of the relay's work; here
 * whoever measures holds what is counted, and a value costs a step in a list. Everything else is the library's (meter.ts).
 */

type Labels = Readonly<Record<string, string>>;

/** What is counted under the same labels. */
class Series {
  /** As the text has them. */
  readonly labels: string;
  readonly #bounds: readonly number[];
  /** By the smallest bound that a value is not over; the last one is for what is over all of them. */
  readonly #counts: Float64Array;
  /** What stands at each bucket. */
  readonly #bucketLabels: readonly string[];
  #sum = 0;

  constructor(labels: Labels, bounds: readonly number[]) {
    this.labels = written(labels);
    this.#bucketLabels = [...bounds, '+Inf'].map((le) => written({ le: String(le), ...labels }));
    this.#bounds = bounds;
    this.#counts = new Float64Array(bounds.length + 1);
  }

  add(value: number): void {
    // Not by an iterator: the engine makes an object for each of its steps here.
    let at = 0;
    while (at < this.#bounds.length && value > (this.#bounds[at] ?? 0)) at++;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#sum += value;
  }

  lines(name: string): string[] {
    let count = 0;
    const buckets = this.#bucketLabels.map((labels, at) => {
      count += this.#counts[at] ?? 0;
      return `${name}_bucket${labels} ${count}`;
    });
    return [...buckets, `${name}_sum${this.labels} ${this.#sum}`, `${name}_count${this.labels} ${count}`];
  }
}

export class Distribution {
  readonly #name: string;
  readonly #help: string;
  readonly #bounds: readonly number[];
  readonly #series: Series[] = [];

  /** @param bounds rising: how many values are not over each of them is told */
  constructor(name: string, help: string, bounds: readonly number[]) {
    this.#name = name;
    this.#help = help;
    this.#bounds = bounds;
  }

  /** What is counted under these labels, whose values are words without quotes; keep it for what is measured often. */
  of(labels: Labels = {}): Pick<Series, 'add'> {
    const text = written(labels);
    const known = this.#series.find((each) => each.labels === text);
    if (known !== undefined) return known;
    const series = new Series(labels, this.#bounds);
    this.#series.push(series);
    return series;
  }

  text(): string {
    const lines = this.#series.flatMap((each) => each.lines(this.#name));
    return [`# HELP ${this.#name} ${this.#help}`, `# TYPE ${this.#name} histogram`, ...lines].join('\n');
  }
}

function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
