// Saved before the page replaces it.
const random = crypto.getRandomValues.bind(crypto);

/** 128 random bits as digits; `crypto.randomUUID` is missing on insecure origins. */
export const randomId = (): string => random(new Uint32Array(4)).join('');
