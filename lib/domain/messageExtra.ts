/** A template that Meta has approved, filled in for one customer (RULES 37). */
export interface WhatsAppTemplateUse {
	/** Its name at Meta. */
	name: string;
	/** Its language at Meta, such as `it`. */
	language: string;
	category: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
	parameterFormat: 'NAMED' | 'POSITIONAL';
	header?: { kind: 'image' | 'video' | 'document'; link: string } | { kind: 'text'; parameters: WhatsAppParameter[] };
	body: WhatsAppParameter[];
	/** Only the buttons that take a parameter. */
	buttons?: Array<{ index: number; kind: 'url' | 'quick_reply'; parameter: string }>;
}

export interface WhatsAppParameter {
	/** Only where parameters are named. */
	name?: string;
	text: string;
}

/** A question that the staff tick off while they telephone. */
export interface CallQuestion {
	id: string;
	question: string;
	answers: string[];
}

/** What a message holds besides subject, text and HTML: part of what is approved, and of its hash. */
export interface MessageExtra {
	/** Absent on WhatsApp: a free text, which needs an open window (RULES 30). */
	whatsApp?: WhatsAppTemplateUse;
	call?: { questions: CallQuestion[] };
	push?: { link?: string };
}
