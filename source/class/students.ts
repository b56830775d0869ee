/** Who has joined: by name, by routing id in the room, by connection at the desk, by key. */
import {Buffer} from 'node:buffer';
import {sameName} from '../core/class/names.js';
import {type Key} from '../core/z85.js';
import {type Student} from './student.js';

export class Students {
	readonly #byName = new Map<string, Student>();
	readonly #byId = new Map<string, Student>();
	readonly #byDeskId = new Map<string, Student>();
	readonly #keys = new Set<Key>();

	get all(): readonly Student[] {
		return [...this.#byName.values()];
	}

	get count(): number {
		return this.#byName.size;
	}

	add(student: Student): void {
		this.#byName.set(student.name, student);
		this.#byId.set(student.id, student);
		this.#keys.add(student.key);
	}

	/** Its key is denied from now on. */
	remove(student: Student): void {
		this.#byName.delete(student.name);
		this.#byId.delete(student.id);
		this.#keys.delete(student.key);
		this.sitAt(student, undefined);
	}

	/** The connection at the desk that a student has at present. */
	sitAt(student: Student, deskId: Uint8Array | undefined): void {
		if (student.deskId) {
			this.#byDeskId.delete(hex(student.deskId));
		}

		student.deskId = deskId;
		if (deskId) {
			this.#byDeskId.set(hex(deskId), student);
		}
	}

	named(name: string): Student | undefined {
		return this.#byName.get(name);
	}

	/** Whoever has this name or one that reads like it. */
	like(name: string): Student | undefined {
		return this.#byName.get(name) ?? this.all.find(student => sameName(student.name, name));
	}

	withId(id: Uint8Array | string): Student | undefined {
		return this.#byId.get(typeof id === 'string' ? id : Buffer.from(id).toString());
	}

	hasKey(key: Key): boolean {
		return this.#keys.has(key);
	}

	hasDeskId(deskId: Uint8Array): boolean {
		return this.#byDeskId.has(hex(deskId));
	}
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
