/** What a handler throws when trying again as usual is not the answer. */

/** It will never work: the job goes to the dead letters at once, and the message says why. */
export class Hopeless extends Error {}

/** Not yet: the job goes back for so long, and this does not count as a try. */
export class Postponed extends Error {
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super(`Postponed for ${milliseconds} ms.`);
    this.milliseconds = milliseconds;
  }
}
