/**
 * The groups of fields of a report, names in lower case: in a delivery status the first group is about the mail, each further one about a recipient
 * (RFC 3464, 2.1). Lines that go on begin with a blank.
 */
export function reportFields(text: string): Array<Record<string, string>> {
	return text
		.replace(/\r\n?/g, '\n')
		.replace(/\n[ \t]+/g, ' ')
		.split(/\n{2,}/)
		.map((group) => Object.fromEntries(group.split('\n').flatMap((line) => {
			const [, name, value] = /^([\w-]{1,60}):\s*(.{0,1000})/.exec(line) ?? [];
			return name ? [[name.toLowerCase(), value.trim()]] : [];
		})))
		.filter((fields) => Object.keys(fields).length > 0);
}
