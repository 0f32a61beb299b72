/** A sample as Prometheus reads it. */
export interface ReadSample {
	labels: Record<string, string>;
	value: number;
}

/** A family as Prometheus reads it. */
export interface ReadFamily {
	help: string;
	type: string;
	samples: ReadSample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const VALUE = '[+-]?(?:Inf|NaN|\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)';

/**
 * Reads the text format of Prometheus (0.0.4) as strictly as its own parser: what is out of order, given twice or badly escaped is thrown. Written after the format's description
 * (prometheus.io/docs/instrumenting/exposition_formats), and not after what writes it.
 */
export function readExposition(text: string): Map<string, ReadFamily> {
	if (text !== '' && !text.endsWith('\n')) throw new Error('The last line has no line feed');
	const families = new Map<string, ReadFamily>();
	let open: string | undefined;
	const done = new Set<string>();
	for (const line of text.split('\n').slice(0, -1)) {
		const comment = new RegExp(`^# (HELP|TYPE) (${NAME})(?: (.*))?$`).exec(line);
		if (comment) {
			const [, what, name, rest = ''] = comment;
			if (open !== name) {
				if (done.has(name)) throw new Error(`The lines of ${name} are not together`);
				if (open) done.add(open);
				open = name;
				families.set(name, { help: '', type: '', samples: [] });
			}
			const family = families.get(name) as ReadFamily;
			if (family.samples.length > 0) throw new Error(`${what} of ${name} comes after its samples`);
			if (what === 'HELP') {
				if (family.help) throw new Error(`HELP of ${name} comes twice`);
				family.help = unescape(rest, 'n\\');
			} else {
				if (family.type) throw new Error(`TYPE of ${name} comes twice`);
				if (!['counter', 'gauge', 'histogram', 'summary', 'untyped'].includes(rest)) throw new Error(`There is no type ${rest}`);
				family.type = rest;
			}
			continue;
		}
		if (line === '' || line.startsWith('#')) throw new Error(`What is this line for: "${line}"`);
		const sample = new RegExp(`^(${NAME})(\\{.*\\})? (${VALUE})$`).exec(line);
		if (!sample) throw new Error(`No sample: ${line}`);
		const [, name, labels = '{}', value] = sample;
		if (name !== open) throw new Error(`A sample of ${name} among those of ${open}`);
		const read: ReadSample = { labels: readLabels(labels.slice(1, -1), line), value: value.endsWith('Inf') ? (value.startsWith('-') ? -Infinity : Infinity) : Number(value) };
		const { samples } = families.get(name) as ReadFamily;
		if (samples.some((other) => JSON.stringify(other.labels) === JSON.stringify(read.labels))) throw new Error(`The same sample twice: ${line}`);
		samples.push(read);
	}
	return families;
}

function readLabels(text: string, line: string): Record<string, string> {
	const labels: Record<string, string> = {};
	const pair = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"(,|$)/y;
	while (pair.lastIndex < text.length) {
		const at = pair.lastIndex;
		const found = pair.exec(text);
		if (!found) throw new Error(`Bad labels from ${at} on: ${line}`);
		const [, name, value] = found;
		if (name in labels) throw new Error(`The label ${name} comes twice: ${line}`);
		labels[name] = unescape(value, 'n\\"');
	}
	return labels;
}

function unescape(text: string, allowed: string): string {
	return text.replace(/\\(.?)/gs, (_, mark: string) => {
		if (mark === '' || !allowed.includes(mark)) throw new Error(`A bad escape: ${text}`);
		return mark === 'n' ? '\n' : mark;
	});
}
