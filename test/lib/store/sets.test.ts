import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../../lib/store');

it('every set of rows has a name, which PostgreSQL before 16 wants', () => {
	const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
	const nameless = files.filter((file) => /from \$\{rowSet\((?:(?!\$\{)[^`])*?\)\}(?! as )/.test(readFileSync(join(FOLDER, file), 'utf8')));
	expect(nameless).toEqual([]);
});
