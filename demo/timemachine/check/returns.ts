import { ofSendings } from './persons';

/** Recalls that an appointment makes needless; contact lenses run out all the same. */
const ENDED_BY_BOOKING = ['recall.vision', 'recall.eyewear', 'recall.dormant'];

/** From the first contact of a course on nobody came, as far as the shop knew. */
export const noRecallAfterReturn = ofSendings('no-recall-after-return', ({ at, occasion, customer }, { courseBegan, visitsOf }) => {
	if (!occasion.kind.startsWith('recall.')) return undefined;
	const began = courseBegan.get(occasion.id) as string;
	const came = (visitsOf.get(customer.id) ?? []).find(({ day, known_at }) => day >= began.slice(0, 10) && known_at > began && known_at < at);
	return came ? `${occasion.kind}, stage ${occasion.stage}, after the visit of ${came.day}` : undefined;
});

export const noRecallAfterBooking = ofSendings('no-recall-after-booking', ({ at, occasion, customer }, { appointmentsOf }) => {
	if (!ENDED_BY_BOOKING.includes(occasion.kind)) return undefined;
	const booked = (appointmentsOf.get(customer.id) ?? []).find(({ created_at, starts_at, status, updated_at }) =>
		created_at < at && starts_at > at && !(status === 'cancelled' && updated_at < at));
	return booked ? `${occasion.kind}, stage ${occasion.stage}, while an appointment for ${booked.starts_at} was known` : undefined;
});
