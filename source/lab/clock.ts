/** The lab's clock: ms since the epoch with a fraction, steady within one run, so that a round trip of 70 µs is not rounded away. */
import {performance} from 'node:perf_hooks';

export type Clock = () => number;

export const systemClock: Clock = () => Math.round((performance.timeOrigin + performance.now()) * 1000) / 1000;
