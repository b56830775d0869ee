/** A replay's clock: how the time of the recording passes while ours does. All times are ms since the epoch. */

/** At our time `since` it was `from` there; `speed` of its seconds pass in one of ours. */
export type Replay = {readonly speed: number; readonly since: number; readonly from: number};

/** What time it is in the replay when it is `now` here. */
export const timeIn = ({speed, since, from}: Replay, now: number): number => from + ((now - since) * speed);
