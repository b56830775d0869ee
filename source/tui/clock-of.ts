/** The time of day to the millisecond, in this machine's zone. */
export function clockOf(t: number): string {
	const date = new Date(t);
	return `${date.toTimeString().slice(0, 8)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
