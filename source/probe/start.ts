/** The front `probe`: one knock, one report. */
import process from 'node:process';
import {type Endpoint} from '../core/endpoint.js';
import {knock} from './knock.js';
import {knockAgain} from './second-knock.js';
import {linesOf, reportOn} from './report.js';

/** How long to listen, in ms: a handshake over a slow line takes four trips. */
const patienceMs = 2000;

/** How long to wait for an answer in another language, in ms. */
const secondPatienceMs = 1000;

/** Prints what lives at the endpoint. Gives the exit status: 0 if it speaks ZMTP, 1 if not. */
export async function startProbe({endpoint, isJson, timeoutMs = patienceMs}: {readonly endpoint: Endpoint; readonly isJson: boolean; readonly timeoutMs?: number}): Promise<number> {
	const first = await knock(endpoint, timeoutMs);
	const hasSaidNothing = first.type === 'reached' && first.facts.protocol === undefined && first.facts.looksLike === undefined;
	const looksLike = hasSaidNothing ? await knockAgain(endpoint, Math.min(timeoutMs, secondPatienceMs)) : undefined;
	const report = reportOn(endpoint, looksLike && first.type === 'reached' ? {...first, facts: {...first.facts, looksLike}} : first);
	process.stdout.write(isJson ? `${JSON.stringify(report)}\n` : `${linesOf(report).join('\n')}\n`);
	return report.verdict === 'zmtp' || report.verdict === 'old-zmtp' ? 0 : 1;
}
