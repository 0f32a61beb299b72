import type { InboundEvent } from '../../domain/inbound';
import { valueAt } from './fields';
import { listOf, type GenericSmsSettings } from './settings';
import { errorCode, idOf } from './sms';
import { fieldsOf, hasToken, jsonObjects, reply, report, type SmsWebhookRequest, type SmsWebhookResult } from './webhookRequest';

/** Reports and answers of a described provider, as JSON, form or query. The address carries the secret. */
export function genericWebhook(settings: GenericSmsSettings, request: SmsWebhookRequest): SmsWebhookResult {
	if (!hasToken(settings, request)) return 'forged';
	const objects = jsonObjects(request);
	return (objects.length > 0 ? objects : [fieldsOf(request)]).flatMap((fields) => toEvents(settings, fields, request));
}

function toEvents(settings: GenericSmsSettings, fields: Record<string, unknown>, request: SmsWebhookRequest): InboundEvent[] {
	const at = request.receivedAt;
	const read = (path: string | undefined) => (path ? idOf(valueAt(fields, path)) : undefined);
	const [from, text] = [read(settings.replyFromPath), read(settings.replyTextPath)];
	if (from && text !== undefined) return [reply({ id: read(settings.replyIdPath), when: at.slice(0, 13), from, to: read(settings.replyToPath), text, at })];
	const [providerId, status] = [read(settings.reportIdPath), read(settings.reportStatusPath)];
	if (!providerId || status === undefined) return [];
	if (listOf(settings.deliveredValues).includes(status)) return [report({ providerId, state: 'delivered', at })];
	const permanent = listOf(settings.permanentValues).includes(status);
	if (!permanent && !listOf(settings.failedValues).includes(status)) return [];
	return [report({ providerId, state: 'failed', at, code: errorCode('SMS', status, 'FAILED'), permanent })];
}
