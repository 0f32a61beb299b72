import { openDemoShop } from './support/demoShop';
import { linkedPhone } from './support/linkedPhone';

jest.setTimeout(60_000);

linkedPhone(openDemoShop);
