import type { Language } from '../../domain/glossary';
import type { DeskView } from '../view';

/** The login page. */
export interface LoginState {
	language: Language;
	shopName: string;
	/** Why it is shown again. */
	notice?: 'wrong' | 'expired' | 'held' | 'loggedOut' | 'oneTimeOver';
	/** From secondsToWait(); above 0 it is said instead of the notice. */
	waitSeconds?: number;
	/** What was typed as the user's name. */
	user?: string;
	/** The view that was asked for, opened after the login. */
	wanted?: DeskView;
	/** What had been asked for when the session was over, as holdForm() wrote it. */
	held?: string;
}
