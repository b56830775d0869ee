/** Where a screen is to be recorded, looked into before anything begins. */
import {type Problem} from '../commands/record.js';
import {type RecordingTarget} from '../core/lab-port.js';
import {visible} from '../core/text.js';

/** Whether a recording can begin, asked before anything else does: what is wrong then is the command line. The lab itself asks again. */
export async function checkTarget(target: RecordingTarget): Promise<Problem | undefined> {
	const {checkWritable} = await import('../recording/writer.js');
	const problem = checkWritable(target);
	return problem && {reason: `${visible(target.file)}: ${problem.reason}`, next: problem.code === 'EEXIST' ? 'choose another name, or add --force to overwrite it' : problem.next};
}
