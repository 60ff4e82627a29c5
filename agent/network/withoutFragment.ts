// Saved before the page replaces them.
const { apply } = Reflect;
const { indexOf, substring } = String.prototype;

/** Removes the fragment of a URL: Resource Timing names requests with it, a Response without it. */
export function withoutFragment(url: string): string {
  const end = apply(indexOf, url, ['#']);
  return end < 0 ? url : apply(substring, url, [0, end]);
}
