// Held before the page replaces them.
const { apply } = Reflect;
const { indexOf, substring } = String.prototype;

/** A URL without its fragment: Resource Timing names requests with it, a Response without. */
export function withoutFragment(url: string): string {
  const end = apply(indexOf, url, ['#']);
  return end < 0 ? url : apply(substring, url, [0, end]);
}
