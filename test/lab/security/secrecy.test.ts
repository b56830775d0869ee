/** No secret key leaves the lab: not by an event, a row, a pane or a failure, whatever the keys are. */
import {expect, test, vi} from 'vitest';
import {curveArrangements} from '../../../source/core/curve.js';
import {chatRow, describe} from '../../../source/core/rows.js';
import {type KeyPair} from '../../../source/lab/security/key-files.js';
import {openLab, openPair, type TestLab} from '../../helpers/lab.js';

const secrets: string[] = [];

vi.mock('../../../source/lab/security/key-files.js', async importOriginal => {
	const original = await importOriginal<{readonly makePair: () => KeyPair}>();
	return {
		...original,
		makePair() {
			const pair = original.makePair();
			secrets.push(pair.secretKey);
			return pair;
		},
	};
});

test('all that a lab tells under every arrangement of keys holds no secret one', async () => {
	await tellsNoSecret(await openPair({scene: 'secure'}), 'server-1');
});

test('nor does one with a broker, whatever its policy', async () => {
	const lab = await openLab({scene: 'broker', freePorts: true, curve: {}});
	await tellsNoSecret(lab, 'broker', 'policy paranoid-pirate', 'worker add');
});

/** Takes a lab through every arrangement, and further lines in each. */
async function tellsNoSecret(lab: TestLab, server: string, ...lines: readonly string[]): Promise<void> {
	for (const {name} of curveArrangements) {
		lab.run(`curve ${name}`);
		await lab.sees(name === 'on' || name === 'off' ? 'handshake-done' : 'handshake-failed', {peer: 'client-1'});
		lab.run('allow client-1', 'deny client-1', 'allow any', ...lines, 'allow nobody-here');
		await lab.sees('command-failed');
	}

	await lab.end();
	const told = [JSON.stringify(lab.events), JSON.stringify(lab.snapshot), ...lab.events.flatMap(event => [describe(event), JSON.stringify(chatRow(event, lab.journal))])].join('\n');
	expect(secrets.length).toBeGreaterThan(2);
	expect(secrets.filter(secret => told.includes(secret))).toEqual([]);
	expect(told).toContain(lab.snapshot.peers[server]?.options['public-key']);
}
