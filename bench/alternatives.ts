// Other ways to see crossings, to compare with: a closure around each function that counts, or that reads the
// clock before and after each call. As scripts, evaluated in place of the agent.

const wrapping = (closure: string): string => `{
  const now = performance.now.bind(performance);
  const counts = new Float64Array(4096);
  const times = new Float64Array(4096);
  let functions = 0;
  const wrap = (fn) => {
    const id = functions++;
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, fn.length).join(', ');
    // One closure literal for all functions of one arity, as a library would have.
    return makers[fn.length](fn, id);
  };
  const makers = [0, 1, 2, 3, 4, 5, 6].map((arity) => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, arity).join(', ');
    return new Function('counts', 'times', 'now', 'return (fn, id) => (' + names + ') => { ' + ${JSON.stringify(closure)}.replace('CALL', 'fn(' + names + ')') + ' }')(counts, times, now);
  });
  const { Instance } = WebAssembly;
  const wrapAll = (object) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, typeof value === 'function' ? wrap(value) : value]));
  WebAssembly.Instance = function (module, imports = {}) {
    const wrapped = Object.fromEntries(Object.entries(imports).map(([name, values]) => [name, wrapAll(values)]));
    return { exports: wrapAll(new Instance(module, wrapped).exports) };
  };
}`;

export const COUNTING_CLOSURES = wrapping('counts[id]++; return CALL;');
export const TIMING_CLOSURES = wrapping('const start = now(); try { return CALL; } finally { times[id] += now() - start; counts[id]++; }');
