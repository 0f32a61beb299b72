import { commonHeaders } from './headers';
import type { Answer } from './page';

/** A file that the browser keeps and does not show: nothing in it can act as a page of ours. */
export function fileAnswer(name: string, type: string, content: Buffer): Answer {
	return {
		status: 200,
		headers: {
			...commonHeaders(),
			'Content-Type': type,
			'Content-Disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`,
			'Content-Security-Policy': "default-src 'none'; sandbox",
		},
		body: content,
	};
}
