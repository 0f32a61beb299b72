import type { INodeCredentialTestResult } from 'n8n-workflow';
import { isSafeAddress, LINKED_SECRET_LENGTH, type LinkedDeviceSettings } from '../../lib/channels/linkedDevice/settings';
import { CrmError } from '../../lib/domain/errors';

/** @throws CrmError where they cannot be used */
export function checkedSettings(settings: Partial<LinkedDeviceSettings>): LinkedDeviceSettings {
	const fault = faultOf(settings);
	if (fault) throw fault;
	const { secret = '', url = '' } = settings;
	return { secret, ...(url !== '' && { url }) };
}

/** The test button of the credential: nobody is connected to, because that would begin a session. */
export function testSettings(settings: Partial<LinkedDeviceSettings>): INodeCredentialTestResult {
	const fault = faultOf(settings);
	if (fault) return { status: 'Error', message: `${fault.message}. ${fault.howToGoOn}` };
	return { status: 'OK', message: 'The secret can be used. The phone is linked on the Desk, or by executing the node.' };
}

function faultOf({ secret = '', url = '' }: Partial<LinkedDeviceSettings>): CrmError | undefined {
	if (secret.length < LINKED_SECRET_LENGTH) {
		return new CrmError(`The secret in the credential "Optical Linked Device API" is shorter than ${LINKED_SECRET_LENGTH} characters`, 'Enter a random text, for example the output of "openssl rand -hex 32".');
	}
	if (url !== '' && !isSafeAddress(url)) {
		return new CrmError('The address in the credential "Optical Linked Device API" is no secure one', 'Leave it empty, or enter one that begins with wss://.');
	}
	return undefined;
}
