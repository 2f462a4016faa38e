/** Spans of time, half-open, ms UTC: what has been asked of an exchange, and what is left to ask. */

export interface Span {
  readonly from: number;
  /** The first moment that is not part of it. */
  readonly to: number;
}

/** The spans with one more: in order, apart from each other, the same whatever order they were added in. */
export function withSpan(spans: readonly Span[], added: Span): readonly Span[] {
  if (added.from >= added.to) return spans;
  const apart = spans.filter(({ from, to }) => to < added.from || from > added.to);
  const touching = spans.filter((span) => !apart.includes(span));
  const joined = {
    from: Math.min(added.from, ...touching.map(({ from }) => from)),
    to: Math.max(added.to, ...touching.map(({ to }) => to)),
  };
  return [...apart, joined].toSorted((a, b) => a.from - b.from);
}

/** The parts of `wanted` that are in none of `spans`, which are in order and apart. */
export function missingSpans(wanted: Span, spans: readonly Span[]): readonly Span[] {
  const missing: Span[] = [];
  let from = wanted.from;
  for (const span of spans) {
    if (span.to <= from || span.from >= wanted.to) continue;
    if (span.from > from) missing.push({ from, to: span.from });
    from = span.to;
  }
  if (from < wanted.to) missing.push({ from, to: wanted.to });
  return missing;
}

export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}
