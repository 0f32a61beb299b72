import type { Customer } from '../../lib/domain/customer';
import type { ItemCustomer } from '../../lib/domain/item';
import type { Shop } from '../../lib/domain/shop';

/** A customer of the store as the next nodes need one; language and form of address are the shop's where nobody recorded others. */
export function itemCustomer({ id, code, firstName, lastName, title, sex, language, formality }: Customer, shop: Pick<Shop, 'language' | 'formality'>): ItemCustomer {
	return { id, code, firstName, lastName, title, sex, language: language ?? shop.language, formality: formality ?? shop.formality };
}
