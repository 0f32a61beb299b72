import type { ConsentRecord } from '../domain/consent';
import type { Row } from './schema';

/** A row of the ledger as the rules read it. */
export function toConsentRecord(row: Row<'consents'>): ConsentRecord {
	return withoutNulls({
		id: row.id,
		customerId: row.customer_id,
		sequence: row.sequence,
		contactPointId: row.contact_point_id,
		channel: row.channel,
		purpose: row.purpose,
		status: row.status,
		legalBasis: row.legal_basis,
		legalBasisNote: row.legal_basis_note,
		capturedAt: row.captured_at,
		source: row.source,
		method: row.method,
		operator: row.operator,
		wordingVersion: row.wording_version,
		wordingHash: row.wording_hash,
		noticeVersion: row.notice_version,
		language: row.language,
		doubleOptInAt: row.double_opt_in_at,
		evidence: row.evidence,
		effectiveFrom: row.effective_from,
		effectiveTo: row.effective_to,
		withdrawnAt: row.withdrawn_at,
		withdrawnHow: row.withdrawn_how,
		guardian: row.guardian,
		recordedAt: row.recorded_at,
		previousHash: row.previous_hash,
		hash: row.hash,
	}) as unknown as ConsentRecord;
}

/** A record as the ledger keeps it; the database gives the id. */
export function toConsentRow(shopId: number, record: Omit<ConsentRecord, 'id'>): Omit<Row<'consents'>, 'id'> {
	return {
		shop_id: shopId,
		customer_id: record.customerId,
		sequence: record.sequence,
		contact_point_id: record.contactPointId ?? null,
		channel: record.channel,
		purpose: record.purpose,
		status: record.status,
		legal_basis: record.legalBasis,
		legal_basis_note: record.legalBasisNote ?? null,
		captured_at: record.capturedAt,
		source: record.source,
		method: record.method ?? null,
		operator: record.operator ?? null,
		wording_version: record.wordingVersion ?? null,
		wording_hash: record.wordingHash ?? null,
		notice_version: record.noticeVersion ?? null,
		language: record.language ?? null,
		double_opt_in_at: record.doubleOptInAt ?? null,
		evidence: record.evidence ?? null,
		effective_from: record.effectiveFrom ?? null,
		effective_to: record.effectiveTo ?? null,
		withdrawn_at: record.withdrawnAt ?? null,
		withdrawn_how: record.withdrawnHow ?? null,
		guardian: record.guardian ?? null,
		recorded_at: record.recordedAt,
		previous_hash: record.previousHash,
		hash: record.hash,
	};
}

function withoutNulls(row: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
