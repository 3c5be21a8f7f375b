/** Thrown inside planning where a definition cannot be evaluated; its message says why, in words for users. */
export class Refusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Refusal';
  }
}
