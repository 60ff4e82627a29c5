import type { Session } from './model.ts';

/** A function of a session that computes its value once for each session. */
export interface PerSession<Value> {
  (session: Session): Value;
  /** Stores a value that is already available, so that it is not computed. */
  keep(session: Session, value: Value): void;
}

/**
 * Caches what is computed from a session. Sessions are never changed, only replaced, so a value
 * stays valid for as long as its session exists, and is collected with it.
 */
export function perSession<Value>(compute: (session: Session) => Value): PerSession<Value> {
  const cache = new WeakMap<Session, { value: Value }>();
  const get = (session: Session): Value => {
    const cached = cache.get(session);
    if (cached) return cached.value;
    const value = compute(session);
    cache.set(session, { value });
    return value;
  };
  const keep = (session: Session, value: Value): void => {
    cache.set(session, { value });
  };
  return Object.assign(get, { keep });
}
