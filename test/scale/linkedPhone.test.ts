import { linkedPhone } from '../e2e/support/linkedPhone';
import { openChainShop } from './support/chainShop';

jest.setTimeout(120_000);

// Main holds the session alone: were there a second one, the stand-in would have thrown the first out.
linkedPhone(async (today) => await openChainShop(today, { workers: 2 }));
