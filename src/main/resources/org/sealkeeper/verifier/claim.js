/** One thing that a bundle claims, and what became of judging it: why says from what it follows, or what contradicts it. */

export const holds = (name, why) => ({name, verdict: 'true', why});

export const fails = (name, why) => ({name, verdict: 'false', why});

/** It cannot be judged with what was given, or not in a browser. */
export const unknown = (name, why) => ({name, verdict: 'unknown', why});
