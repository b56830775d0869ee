// The last line of a test run, without colour, for whoever reads it by machine: `831 passed, 0 failed`.
import process from 'node:process';

// What failed to load, or was thrown outside of a test, has no test that could fail: it counts as one.
const lineOf = (modules, unhandledErrors) => {
	const states = modules.flatMap(module => [...module.children.allTests()]).map(test => test.result().state);
	const suites = modules.flatMap(module => [module, ...module.children.allSuites()]);
	const failures = [...states.filter(state => state === 'failed'), ...suites.filter(suite => suite.errors().length > 0), ...unhandledErrors];
	return `${states.filter(state => state === 'passed').length} passed, ${failures.length} failed`;
};

export default class Tally {
	onTestRunEnd(modules, unhandledErrors) {
		// When the process ends, the usual reporter has said all it has to say.
		process.once('exit', () => {
			process.stdout.write(`${lineOf(modules, unhandledErrors)}\n`);
		});
	}
}
