import { frequentEdits } from '../../../lib/desk/approve/frequentEdits';
import type { TextState } from '../../../lib/desk/approve/state';
import { renderTexts } from '../../../lib/desk/approve/textsPage';
import { ifItCan } from '../../../lib/domain/errors';
import type { Channel, Language } from '../../../lib/domain/glossary';
import type { OwnTemplate } from '../../../lib/domain/ownTemplate';
import type { TextFigures } from '../../../lib/domain/textFigures';
import { loadTemplate } from '../../../lib/messages/load';
import { textEdits, textFigures, textRemarks } from '../../../lib/store/approve/textsReport';
import { ownTemplates } from '../../../lib/store/ownTemplates';
import type { Page } from '../../../lib/web/page';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { frameOf } from '../frame';

/** Changes that are shown of each text. */
const EDITS_SHOWN = 5;

/** How the texts fare, for the lead. */
export async function showTexts(desk: DeskContext, session: StaffSession, view: ShownView): Promise<Page> {
	const { store } = desk;
	const figures = await textFigures(store);
	const [remarks, edits, own] = [await textRemarks(store), await textEdits(store), await ownTemplates(store)];
	const texts = figures.map((text): TextState => {
		const changed = edits.filter(({ template, channel }) => template === text.template && channel === text.channel);
		return {
			...text,
			source: sourceOf(text, (changed[0]?.language ?? store.shop.language) as Language, own),
			remarks: remarks.filter(({ template, channel, version }) => template === text.template && channel === text.channel && version === text.version),
			edits: frequentEdits(changed, EDITS_SHOWN),
		};
	});
	return renderTexts({ ...frameOf(desk, session, view, 'texts'), texts });
}

/** The template's own text, where the package or the shop still has it in this version. */
function sourceOf({ template: id, channel, version }: TextFigures, language: Language, own: readonly OwnTemplate[]): string | undefined {
	const source = ifItCan(() => loadTemplate(id, channel as Channel, language, language, own));
	return source?.version === version ? source.body : undefined;
}
