import { NodeConnectionTypes, type IExecuteFunctions, type INodeInputConfiguration, type NodeExecutionHint } from 'n8n-workflow';
import type { LanguageModel } from '../../lib/messages/rewording/model';
import type { RewordedDrafts } from './reword';

/** Where a model node is plugged in; nothing need be. */
export const MODEL_INPUT: INodeInputConfiguration = { type: NodeConnectionTypes.AiLanguageModel, displayName: 'Model', maxConnections: 1, required: false };

/** The model that is plugged in, if one is and can be used: a message does not fail for want of other words. */
export async function connectedModel(context: IExecuteFunctions): Promise<LanguageModel | undefined> {
	try {
		return ((await context.getInputConnectionData(NodeConnectionTypes.AiLanguageModel, 0)) ?? undefined) as LanguageModel | undefined;
	} catch {
		context.logger.warn('Personalize Message: the connected language model cannot be used; the texts stay as the templates have them');
		return undefined;
	}
}

/** What the rewording cost, and what came of it, as n8n shows it beside the output. */
export function costHint({ drafts, calls }: RewordedDrafts): NodeExecutionHint {
	const reworded = drafts.filter(({ message }) => message.rewording).length;
	const reasons = [...new Set(drafts.flatMap(({ message }) => message.notReworded?.reason ?? []))];
	const why = reasons.length === 0 ? '' : ` Why others were not: ${reasons.join(', ')}.`;
	return { location: 'outputPane', type: calls > 0 || drafts.length === 0 ? 'info' : 'warning', message: `The language model was asked ${calls} times; ${reworded} of ${drafts.length} texts were reworded.${why}` };
}
