/** The stories that the fixtures tell: scripts that make every kind of event happen on real sockets. */
import {readdirSync} from 'node:fs';

const folder = 'test/recording/stories';

/** Their names: the story `wire` is the script `stories/wire.zmqp`, and its recording `fixtures/version-1-wire.jsonl`. */
export const stories: readonly string[] = readdirSync(folder).map(file => file.replace(/\.zmqp$/v, ''));

export const scriptOf = (story: string): string => `${folder}/${story}.zmqp`;

export const fixtureOf = (story: string): string => `test/recording/fixtures/version-1-${story}.jsonl`;
