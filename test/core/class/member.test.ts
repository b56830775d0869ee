/** What a student is told of the class itself, by a journal of the own lab. */
import {expect, test} from 'vitest';
import {describeMembership, memberScene} from '../../../source/core/class/member.js';
import {type Fact} from '../../../source/core/events.js';
import {emptySnapshot, fold, type Snapshot} from '../../../source/core/snapshot.js';

const endpoint = 'tcp://192.0.2.7:5558';
const of = {peer: 'client-1', endpoint} as const;

const after = (scene: string, ...facts: readonly Fact[]): Snapshot => {
	const story: readonly Fact[] = [
		{type: 'lab-started', seed: 0, scene, versions: {}},
		{type: 'peer-added', peer: 'client-1', role: 'client', socketType: 'REQ', options: {}},
		{type: 'connecting', ...of},
		...facts,
	];
	let snapshot = emptySnapshot;
	for (const [index, fact] of story.entries()) {
		snapshot = fold(snapshot, {v: 1, n: index + 1, t: index, ...fact});
	}

	return snapshot;
};

test.each<[what: string, facts: readonly Fact[], told: string | undefined]>([
	['before it is connected', [], undefined],
	['while it is connected', [{type: 'handshake-done', ...of}], undefined],
	['once nobody is there', [{type: 'handshake-done', ...of}, {type: 'disconnected', ...of}], 'The class can’t be reached. Is there a new line on the wall? Ctrl+C, then join'],
	['when it is back', [{type: 'handshake-done', ...of}, {type: 'disconnected', ...of}, {type: 'handshake-done', ...of}], undefined],
	['when it has ended', [{type: 'lab-ended', reason: 'the class is over (see you next time)'}], 'The class is over (see you next time). Ctrl+C leaves; the transcript stays.'],
])('%s', (_what, facts, told) => {
	expect(describeMembership(after(memberScene('ana'), ...facts))).toBe(told);
	expect(describeMembership(after('pair', ...facts))).toBeUndefined();
});
