import type { Shop } from '../../lib/domain/shop';
import profile from './data/shop.json';

/**
 * The fictional optician of the demo. Chiavari exists, the street does not; nobody has the telephone number (in the Italian numbering
 * plan no subscriber's number begins with 0) and the domain can never exist (RFC 2606).
 */
export const demoShop = profile as Omit<Shop, 'id'>;
