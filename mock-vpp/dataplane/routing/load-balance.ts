/** Shares of the paths of a route, as VPP makes them: a power of two of buckets, so many that no path is off by more than a tenth. */

const TOLERANCE = 0.1;

/** The number of buckets of each weight, in their order. */
export function bucketsOf(weights: readonly number[]): number[] {
  if (weights.length < 2) return weights.map(() => 1);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const heaviest = weights.map((_, at) => at).sort((a, b) => weights[b] - weights[a]);
  for (let buckets = 2 ** Math.ceil(Math.log2(weights.length)); ; buckets *= 2) {
    const shares = weights.map(() => 0);
    let left = buckets;
    let error = 0;
    for (const at of heaviest) {
      const exact = (weights[at] * buckets) / sum;
      shares[at] = Math.min(Math.round(exact), left);
      left -= shares[at];
      error += Math.abs(exact - shares[at]);
    }
    shares[heaviest[0]] += left;
    if (error < TOLERANCE * buckets) return shares;
  }
}
