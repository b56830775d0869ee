/** What a student is told of the class itself, beside what the own socket does: that it is over, or can't be reached, and the next step. */
import {type Snapshot} from '../snapshot.js';

/** What the scene of a member's lab begins with. */
const sceneOfMember = 'class as ';

/** The scene of the lab of a student with that name. */
export const memberScene = (name: string): string => `${sceneOfMember}${name}`;
/** Whether a lab is a student's in a class. */
export const isMemberScene = (scene: string): boolean => scene.startsWith(sceneOfMember);

/** Undefined while all is well, and for whoever is in no class. */
export function describeMembership({scene, ended, peers}: Snapshot): string | undefined {
	if (!isMemberScene(scene)) {
		return undefined;
	}

	if (ended) {
		const {reason = 'the class is over'} = ended;
		return `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}. Ctrl+C leaves; the transcript stays.`;
	}

	// A class that was started again has another key and another code: no connection of before comes back to it.
	const links = Object.values(peers).flatMap(peer => peer.links);
	return links.some(({status}) => status === 'retrying' || status === 'failed')
		? 'The class can’t be reached. Is there a new line on the wall? Ctrl+C, then join'
		: undefined;
}
