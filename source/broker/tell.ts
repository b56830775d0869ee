/** What an engine tells, as facts: plain data that can be kept, sent and printed. Pure. */
import {describeId, type HopFrame, type Side} from '../core/hop.js';
import {type Told} from './engine.js';
import {hopOf} from './hop.js';

/** What a broker does with messages and workers, in the words of events. */
export type PassingFact =
	| {readonly type: 'forwarded'; readonly from: Side; readonly frames: readonly HopFrame[]; readonly waiting: number; readonly worker?: string}
	| {readonly type: 'queued'; readonly frames: readonly HopFrame[]; readonly waiting: number}
	| {readonly type: 'dropped'; readonly frames: readonly HopFrame[]; readonly code?: string}
	| {readonly type: 'request-dropped'; readonly frames: readonly HopFrame[]; readonly workers: readonly string[]}
	| {readonly type: 'worker-ready'; readonly worker: string}
	| {readonly type: 'worker-lost'; readonly worker: string; readonly waiting: number; readonly code?: string; readonly afterMs?: number; readonly frames?: readonly HopFrame[]};

/** The fact of what was told. */
export function factOf(told: Told): PassingFact {
	switch (told.type) {
		case 'forwarded': {
			const {worker, ...rest} = told;
			return {...rest, frames: hopOf(told.frames), ...(worker && {worker: describeId(worker)})};
		}

		case 'queued':
		case 'dropped': {
			return {...told, frames: hopOf(told.frames)};
		}

		case 'request-dropped': {
			return {...told, frames: hopOf(told.frames), workers: told.workers.map(worker => describeId(worker))};
		}

		case 'worker-ready': {
			return {type: 'worker-ready', worker: describeId(told.worker)};
		}

		case 'worker-lost': {
			const {frames, ...rest} = told;
			return {...rest, worker: describeId(told.worker), ...(frames && {frames: hopOf(frames)})};
		}
	}
}
