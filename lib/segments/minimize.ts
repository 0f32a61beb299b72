type Point = number[];
interface Corner {
	at: Point;
	value: number;
}

/** Relative difference of best and worst corner at which the search ends. */
const CLOSE = 1e-11;
const MOST_STEPS = 2000;

/**
 * A point at which a function is least, searched downhill from `start` with a simplex that needs no derivatives (J. Nelder, R. Mead, 1965).
 * A value that is no number counts as infinite. The same start gives the same point.
 */
export function minimize(valueAt: (point: Point) => number, start: Point): Corner {
	const corner = (at: Point): Corner => {
		const value = valueAt(at);
		return { at, value: Number.isNaN(value) ? Infinity : value };
	};
	let best = corner(start);
	// A simplex that has become flat stops too early: begun anew where it stopped, it goes on or stays.
	for (let before = Infinity; before - best.value > CLOSE * Math.abs(best.value) || before === Infinity; ) {
		before = best.value;
		best = descend(corner, best.at);
	}
	return best;
}

function descend(corner: (at: Point) => Corner, start: Point): Corner {
	const corners = [start, ...start.map((_, axis) => start.map((value, index) => value + (index === axis ? 0.5 : 0)))].map(corner);
	for (let step = 0; step < MOST_STEPS; step++) {
		corners.sort((one, other) => one.value - other.value);
		const [best, worst] = [corners[0], corners[corners.length - 1]];
		if (worst.value - best.value <= CLOSE * Math.abs(best.value)) break;
		const others = corners.slice(0, -1);
		const middle = start.map((_, axis) => others.reduce((sum, { at }) => sum + at[axis], 0) / others.length);
		const along = (factor: number) => corner(middle.map((value, axis) => value + factor * (worst.at[axis] - value)));
		const mirrored = along(-1);
		if (mirrored.value < best.value) {
			const further = along(-2);
			corners[others.length] = further.value < mirrored.value ? further : mirrored;
		} else if (mirrored.value < corners[others.length - 1].value) {
			corners[others.length] = mirrored;
		} else {
			const inner = mirrored.value < worst.value ? along(-0.5) : along(0.5);
			if (inner.value < Math.min(worst.value, mirrored.value)) corners[others.length] = inner;
			else for (let index = 1; index < corners.length; index++) corners[index] = corner(corners[index].at.map((value, axis) => (value + best.at[axis]) / 2));
		}
	}
	return corners.sort((one, other) => one.value - other.value)[0];
}
