import { bundledWorkflows, TODAY } from './support/bundledWorkflows';
import { openDemoShop } from './support/demoShop';

jest.setTimeout(120_000);

bundledWorkflows(async () => await openDemoShop(TODAY));
