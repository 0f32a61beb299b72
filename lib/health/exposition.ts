/** A family of metrics, as Prometheus knows them. */
export interface Family {
	/** Without a unit it is a number of things. */
	name: string;
	help: string;
	type: 'gauge' | 'counter';
	samples: Array<{ labels: Record<string, string>; value: number }>;
}

/** The media type of the text format. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Metrics in Prometheus' text format, version 0.0.4: for each family HELP, TYPE and its samples, together and in this order, each line ended by a line feed.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function exposition(families: readonly Family[]): string {
	return families.filter(({ samples }) => samples.length > 0).map(({ name, help, type, samples }) =>
		[`# HELP ${name} ${escapeHelp(help)}`, `# TYPE ${name} ${type}`, ...samples.map(({ labels, value }) => `${name}${labelsOf(labels)} ${numberOf(value)}`), ''].join('\n'),
	).join('');
}

function labelsOf(labels: Record<string, string>): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
	return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** In HELP only backslash and line feed. */
function escapeHelp(text: string): string {
	return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeLabel(text: string): string {
	return escapeHelp(text).replaceAll('"', '\\"');
}

/** As Go reads a float. */
function numberOf(value: number): string {
	return value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : String(value);
}
