import path from 'node:path';
import type { Execution } from '../../../demo/setup/n8nExecution';
import { requireSuccess } from '../../../demo/setup/n8nExecution';
import { CrmWorkflow } from './crmWorkflow';
import type { DemoShop } from './demoShop';

/** Runs a workflow of nodes in a row to its end. @param folder where its file is kept @throws where it does not succeed */
export async function runCrm(demo: DemoShop, folder: string, name: string, build: (workflow: CrmWorkflow) => void): Promise<Execution> {
	const workflow = new CrmWorkflow(name);
	build(workflow);
	const file = path.join(folder, `${name}.json`);
	workflow.save(file);
	const id = await demo.client().saveWorkflow(file, demo.shop.credentials);
	const execution = await demo.client().waitForExecution(await demo.client().run(id, CrmWorkflow.START));
	requireSuccess(execution);
	return execution;
}
