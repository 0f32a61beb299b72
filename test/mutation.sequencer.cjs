const { default: Sequencer } = require('@jest/test-sequencer');

/** The decision table first: it notices most changes at once. Then what is quick, then properties, and last what takes seconds. */
const SLOW = [/decisions\.test/, /registry|rulesPage|channelChoice|heldBack|explain/, /hours|propert/, /optInLink|refusalLink/];

module.exports = class extends Sequencer {
	sort(tests) {
		const rank = ({ path }) => SLOW.findIndex((pattern) => pattern.test(path));
		return [...tests].sort((one, other) => rank(one) - rank(other));
	}
};
