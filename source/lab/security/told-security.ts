/** What is known of a peer's security, so that only what has changed is told. */
import {type OptionName, type Options} from '../../core/events.js';

export class ToldSecurity {
	readonly #tellOption: (option: OptionName, value: string) => void;
	#told: Options = {};

	constructor(tellOption: (option: OptionName, value: string) => void) {
		this.#tellOption = tellOption;
	}

	/** Tells what has changed. */
	tell(options: Options): void {
		for (const [name, value] of Object.entries(options)) {
			const option = name as OptionName;
			// That it is secured as before is worth saying when its socket is new; that its key is the same is not.
			if (option === 'curve' || this.#told[option] !== value) {
				this.#tellOption(option, value);
			}
		}

		this.#told = {...this.#told, ...options};
	}
}
