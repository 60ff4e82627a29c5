import type { LoadMethod, ModuleRow } from '../../src/protocol/rows.ts';
import type { Head, Import } from '../../src/wasm/head.ts';
import { FUNCTION } from '../../src/wasm/head.ts';
import type { Boundary } from '../crossings/boundary.ts';
import type { Kernel } from '../crossings/kernel.ts';
import { isObject, plainOption, SafeWeakMap, watch } from '../page/natives.ts';
import type { NativeFunction, Undo } from '../page/patch.ts';
import {
  call,
  make,
  patchAccessor,
  patchConstructor,
  patchMethod,
  together,
} from '../page/patch.ts';
import { now } from '../recording/clock.ts';
import type { HookContext } from '../recording/context.ts';
import { schedule } from '../recording/schedule.ts';
import type { SharedModule } from '../workers/sharedModules.ts';
import { countKinds, describeBytes, describeHead } from './describeModule.ts';
import { recordImports } from './importRecord.ts';
import type { LoadedModule } from './loadedModule.ts';
import { withHead } from './streamHead.ts';

// Hooks every way to create a module or an instance. Besides reading the head this costs a few
// microseconds per load. A streamed module waits for its first bytes, as the engine would anyway.

/** An empty module row in the schema's form; scripts/build.mjs inserts it. */
declare const __WASMSCOPE_EMPTY_MODULE__: ModuleRow;

const { Module, Instance } = WebAssembly;
const { ownKeys } = Reflect;
const moduleImports = Module.imports;
const moduleExports = Module.exports;

// Bound before the page replaces it.
const getEntriesByName = performance.getEntriesByName.bind(performance);
const DONE = Promise.resolve();

export interface LoadHook {
  undo: Undo;
  /** All modules seen so far; their bytes are read after the recording. */
  modules: readonly LoadedModule[];
}

/** @param findShared returns what another realm's agent described of a module from there */
export function hookLoad(
  context: HookContext,
  boundary: Boundary,
  kernel: () => Kernel,
  findShared?: (object: WebAssembly.Module) => SharedModule | null,
): LoadHook {
  const byObject = new SafeWeakMap<WebAssembly.Module, LoadedModule>();
  const ofInstance = new SafeWeakMap<WebAssembly.Instance, LoadedModule>();
  const twins = new SafeWeakMap<WebAssembly.Instance, WebAssembly.Exports>();
  /**
   * Instances being created whose object the agent has not seen yet; recognised when their exports
   * are read.
   */
  const pending: LoadedModule[] = [];
  const modules: LoadedModule[] = [];
  const unread: { module: LoadedModule; head: Head; bytes: Uint8Array | null; print: number }[] =
    [];

  function begin(method: LoadMethod, options?: unknown): LoadedModule {
    const onMainThread =
      typeof document === 'object' && (method === 'new Module' || method === 'received');
    const row = context.modules.add({
      ...__WASMSCOPE_EMPTY_MODULE__,
      method,
      onMainThread,
    }) as ModuleRow;
    row.name = `module ${row.id}`;
    const module: LoadedModule = {
      id: row.id,
      row,
      head: null,
      ids: null,
      exportRange: null,
      listed: false,
      options,
    };
    modules[modules.length] = module;
    return module;
  }

  function compiled(module: LoadedModule, object: WebAssembly.Module): void {
    byObject.set(object, module);
    module.row.compileEnd ??= now();
    context.modules.changed(module.row);
  }

  function failed(module: LoadedModule, error: unknown): void {
    module.row.error = String(error).slice(0, 500);
    module.row.notStreamedReason ??= 'failed';
    context.modules.changed(module.row);
  }

  function fromBytes(
    method: LoadMethod,
    source: unknown,
    start: number,
    options: unknown,
  ): LoadedModule {
    const module = begin(method, options);
    module.row.compileStart = start;
    module.row.notStreamedReason = 'bytes given';
    return describe(module, source);
  }

  function prepareSoon(module: LoadedModule): void {
    schedule(() => context.quietly('trampolines', () => boundary.prepare(module)), 0);
  }

  function describe(module: LoadedModule, source: unknown): LoadedModule {
    context.quietly('a module’s bytes', () => {
      const bytes = bytesOf(source);
      if (!bytes) return;
      module.row.bytes = bytes.length;
      describeLater(module, kernel().readHead(bytes, true) as Head, bytes);
    });
    return module;
  }

  /** Module contents are analysed between page tasks, so that they never delay loading. */
  function describeLater(module: LoadedModule, head: Head, bytes: Uint8Array | null): void {
    module.head = head;
    module.row.bytesRead = 'head';
    unread[unread.length] = { module, head, bytes, print: bytes ? fingerprint(bytes) : 0 };
  }

  function readUnread(): void {
    for (const {
      module: { row },
      bytes,
      head,
      print,
    } of unread.splice(0)) {
      context.quietly('a module’s bytes', () => {
        // If the page has overwritten or transferred its buffer, only the head is available.
        if (bytes && fingerprint(bytes) === print) describeBytes(row, bytes, head);
        else describeHead(row, head);
      });
      context.modules.changed(row);
    }
  }

  /**
   * Returns the module that belongs to an engine object, including one that came from another
   * realm.
   */
  function moduleOf(object: WebAssembly.Module): LoadedModule {
    const module =
      byObject.get(object) ??
      modules.findLast(({ unmet, head }) => unmet && head && describes(head, object)) ??
      received(object);
    module.unmet = false;
    byObject.set(object, module);
    return module;
  }

  function received(object: WebAssembly.Module): LoadedModule {
    const module = begin('received');
    const shared = findShared?.(object);
    if (shared) {
      describeLater(module, shared.head, null);
      module.row.name = shared.name;
      if (shared.from) module.row.origin = shared.from;
    } else {
      module.row.imports = countKinds(moduleImports(object));
      module.row.exports = countKinds(moduleExports(object));
    }
    return module;
  }

  /** Records an instance, and lists its functions if their calls cannot be counted. */
  function instantiated(
    module: LoadedModule,
    object: WebAssembly.Module,
    instance: WebAssembly.Instance | null,
  ): void {
    counted(module);
    if (!module.head) boundary.unmeasured(module, object, 'its bytes were unavailable');
    if (instance) ofInstance.set(instance, module);
    else expectInstance(module);
  }

  function counted(module: LoadedModule): void {
    module.row.instances++;
    module.row.instantiateEnd ??= now();
    context.modules.changed(module.row);
  }

  function expectInstance(module: LoadedModule): void {
    if (!module.head) return;
    pending[pending.length] = module;
    if (pending.length > 1000) pending.shift();
  }

  /**
   * Returns the arguments with an import object that reads the page's once, when the engine does.
   */
  function withImports(args: unknown[], module: () => LoadedModule | null): unknown[] {
    return isObject(args[1])
      ? args.with(
          1,
          recordImports(
            args[1],
            () => {
              const loaded = module();
              if (!loaded) return null;
              const { row, head, options, unmet } = loaded;
              row.instantiateStart ??= now();
              if (unmet) {
                // The next microtask runs once the instance exists or instantiation has failed.
                row.compileEnd ??= now();
                const settled = (): void => {
                  row.instantiateEnd ??= now();
                };
                watch(DONE, settled, settled);
              }
              return head?.imports.map((asked) => (isBuiltin(asked, options) ? null : asked));
            },
            (values) => {
              const loaded = module();
              return (
                (loaded && context.quietly('imports', () => boundary.imports(loaded, values))) ??
                values
              );
            },
          ),
        )
      : args;
  }

  /**
   * The page gets the engine's own promise, because scripts can observe when it settles, and
   * whatever they queue then runs before its reactions. The agent adds no reaction to it: the
   * promise would then count as handled, and `unhandledrejection` would not fire. The agent
   * recognises module and instance when they are used.
   */
  function unwatched(promise: unknown, module: LoadedModule): unknown {
    module.unmet = true;
    expectInstance(module);
    return promise;
  }

  // Returns a promise of the agent's own. It awaits the engine's promise, so that the reactions of
  // that one run first and an unhandled rejection belongs to the page's promise. No script runs
  // when the engine settles it. A small module may finish compiling before its head has been read.
  async function compiling(
    promise: unknown,
    module: LoadedModule,
    hasRead?: () => Promise<void> | null,
  ): Promise<unknown> {
    try {
      const object = await promise;
      const reading = module.head ? null : hasRead?.();
      if (reading) await reading;
      context.quietly('a module', () => compiled(module, object as WebAssembly.Module));
      return object;
    } catch (error) {
      context.quietly('a module', () => failed(module, error));
      throw error;
    }
  }

  function streaming(method: 'compileStreaming' | 'instantiateStreaming') {
    return (native: NativeFunction, self: unknown, args: unknown[]): unknown => {
      if (!isObject(args[0])) return call(native, self, args);
      const compiles = method === 'compileStreaming';
      const module = begin(method, args[compiles ? 1 : 2]);
      module.row.compileStart = now();
      const { given: source, hasRead } = withHead(args[0], kernel, !compiles, {
        response: (url, reason) =>
          context.quietly('a response', () => {
            if (url !== '') {
              module.row.url = context.cleanUrl(url);
              module.row.name = module.row.url.split('/').pop() || module.row.name;
              module.fetchedUrl = url;
            }
            module.row.notStreamedReason = reason;
            module.row.streamed = reason === null;
            context.modules.changed(module.row);
          }),
        head: (head) => {
          describeLater(module, head, null);
          prepareSoon(module);
          if (!compiles) expectInstance(module);
        },
      });
      const sourced = args.with(0, source);
      const given = compiles ? sourced : withImports(sourced, () => module);
      const promise = call(native, self, given);
      return compiles ? compiling(promise, module, hasRead) : unwatched(promise, module);
    };
  }

  const undos: Undo[] = [
    patchMethod(WebAssembly, 'compileStreaming', streaming('compileStreaming')),
    patchMethod(WebAssembly, 'instantiateStreaming', streaming('instantiateStreaming')),
    patchMethod(WebAssembly, 'compile', (native, self, args) => {
      const start = now();
      const promise = call(native, self, args) as Promise<WebAssembly.Module>;
      if (!bytesOf(args[0])) return promise;
      const module = fromBytes('compile', args[0], start, args[1]);
      prepareSoon(module);
      return compiling(promise, module);
    }),
    patchMethod(WebAssembly, 'instantiate', (native, self, args) => {
      const source = args[0];
      if (source instanceof Module) {
        const module = moduleOf(source);
        const result = call(
          native,
          self,
          withImports(args, () => module),
        );
        context.quietly('an instance', () => instantiated(module, source, null));
        return result;
      }
      // Arguments that are rejected at once go to the engine alone; its promise is already
      // rejected.
      if (!bytesOf(source) || (args[1] !== undefined && !isObject(args[1])))
        return call(native, self, args);
      const start = now();
      let module: LoadedModule | null = null;
      const given = withImports(args, () => module);
      const promise = call(native, self, given);
      module = fromBytes('instantiate', source, start, args[2]);
      prepareSoon(module);
      return unwatched(promise, module);
    }),
    patchConstructor(WebAssembly, 'Module', (native, args, newTarget) => {
      const start = now();
      const object = make(native, args, newTarget) as WebAssembly.Module;
      context.quietly('a module', () => {
        const end = now();
        const module = fromBytes('new Module', args[0], start, args[1]);
        module.row.compileEnd = end;
        compiled(module, object);
      });
      return object;
    }),
    patchConstructor(WebAssembly, 'Instance', (native, args, newTarget) => {
      const source = args[0];
      if (!(source instanceof Module)) return make(native, args, newTarget);
      const module = moduleOf(source);
      module.row.instantiateStart ??= now();
      const instance = make(
        native,
        withImports(args, () => module),
        newTarget,
      ) as WebAssembly.Instance;
      context.quietly('an instance', () => instantiated(module, source, instance));
      return instance;
    }),
    patchAccessor(Instance.prototype, 'exports', 'get', (native, self, args) => {
      const real = call(native, self, args) as WebAssembly.Exports;
      const instance = self as WebAssembly.Instance;
      const twin = twins.get(instance);
      if (twin) return twin;
      const made =
        context.quietly('exports', () =>
          boundary.exports(ofInstance.get(instance) ?? claim(real), real),
        ) ?? real;
      twins.set(instance, made);
      return made;
    }),
  ];

  context.onTick(() => {
    readUnread();
    for (let at = 0; at < modules.length; at++) joinTiming(modules[at] as LoadedModule);
  });

  /** Fills in a streamed module's phases and sizes from Resource Timing after its last byte. */
  function joinTiming(module: LoadedModule): void {
    if (!module.fetchedUrl || module.row.responseEnd !== null) return;
    const entries = getEntriesByName(module.fetchedUrl, 'resource') as PerformanceResourceTiming[];
    const entry = entries.findLast(
      ({ startTime }) => startTime <= (module.row.compileEnd ?? Infinity),
    );
    if (!entry) return;
    module.row.responseEnd = entry.responseEnd;
    if (entry.requestStart > 0) {
      module.row.requestStart = entry.requestStart;
      module.row.responseStart = entry.responseStart;
      module.row.transferSize = entry.transferSize;
      module.row.bytes ??= entry.decodedBodySize;
    }
    context.modules.changed(module.row);
  }

  /** Finds the pending instance that has these exports. */
  function claim(real: WebAssembly.Exports): LoadedModule | undefined {
    const count = ownKeys(real).length;
    const at = pending.findIndex(({ head }) => head?.exportCount === count && isOf(head, real));
    if (at < 0) return undefined;
    const module = pending.splice(at, 1)[0] as LoadedModule;
    if (module.row.instances === 0) counted(module);
    return module;
  }

  return { undo: together(undos), modules };
}

/**
 * Hashes about a hundred bytes spread over a module, to detect whether a buffer has changed. 0:
 * detached.
 */
function fingerprint(bytes: Uint8Array): number {
  const step = Math.max(1, bytes.length >> 9);
  let hash = bytes.length;
  for (let at = 0; at < bytes.length; at += step)
    hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
  return hash;
}

/**
 * Whether the exports have the head's names, and the module's own functions their indices, which
 * the engine uses as names. The number of exports must match; of thousands, only a sample is
 * checked.
 */
function isOf({ exports, importedFunctions }: Head, real: WebAssembly.Exports): boolean {
  for (let at = 0; at < exports.length; at += 1 + (exports.length >> 8)) {
    const { name, kind, index } = exports[at] as Head['exports'][number];
    const value: unknown = real[name];
    // The engine names a re-exported import by its index in the module it comes from.
    if (
      kind === FUNCTION &&
      (typeof value !== 'function' || (index >= importedFunctions && value.name !== `${index}`))
    )
      return false;
  }
  return true;
}

/** Whether the engine's module has the imports and exports of this head. */
const describes = ({ imports, exports }: Head, object: WebAssembly.Module): boolean =>
  namesOf(imports, exports) === namesOf(moduleImports(object), moduleExports(object));
const namesOf = (...lists: (readonly { module?: string; name: string }[])[]): string =>
  `${lists.map((list) => list.map(({ module, name }) => `${module} ${name}`))}`;

/** Whether the compile options make the engine provide this import itself. */
const isBuiltin = ({ module }: Import, options: unknown): unknown =>
  module === plainOption(options, 'importedStringConstants') ||
  (module === 'wasm:js-string' && plainOption(options, 'builtins'));

/** The bytes of a buffer source; null if it is not one, or empty. */
function bytesOf(source: unknown): Uint8Array | null {
  const bytes = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : source instanceof ArrayBuffer
      ? new Uint8Array(source)
      : null;
  return bytes?.length ? bytes : null;
}
