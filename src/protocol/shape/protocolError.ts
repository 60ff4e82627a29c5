/** A value does not have the shape that the schema asks for; the message names the field. */
export class ProtocolError extends Error {
  constructor(
    readonly field: string,
    readonly problem: string,
  ) {
    super(`${field} ${problem}`);
    this.name = 'ProtocolError';
  }
}

export function refuse(field: string, problem: string): never {
  throw new ProtocolError(field, problem);
}
