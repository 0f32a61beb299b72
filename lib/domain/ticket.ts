/** What a ticket is about, from the most urgent one down. */
export const TICKET_KINDS = ['score', 'problem', 'refusal', 'callback', 'booking', 'question', 'other'] as const;
export type TicketKind = (typeof TICKET_KINDS)[number];

/** Kinds that somebody should see to today. */
export const URGENT_TICKETS: readonly TicketKind[] = ['score', 'problem', 'refusal'];

export const TICKET_STATES = ['open', 'answered', 'closed'] as const;
/** `answered`: the staff wrote back. `closed`: nothing more is to be done. A new message opens a new one. */
export type TicketState = (typeof TICKET_STATES)[number];
