import { dormantCustomers, DORMANT_DEFAULTS } from '../lib/occasions/dormant';
import { olderPlan, duePlan } from '../lib/occasions/plan';
import { countDue, previewDue } from '../lib/store/occasions/claim';
import { openTestStore } from './support/store';
import { planOf } from './support/due';
import { visionCheck, VISION_DEFAULTS } from '../lib/occasions/vision';
import { eyewearCheck, EYEWEAR_DEFAULTS } from '../lib/occasions/eyewear';
async function main(){
const t = await openTestStore();
for (const kind of [dormantCustomers(DORMANT_DEFAULTS), visionCheck(VISION_DEFAULTS), eyewearCheck(EYEWEAR_DEFAULTS)]) for (let i=0;i<3;i++) {
let a=performance.now(); const p=olderPlan(kind,{activatedOn:'2026-11-22',startsOn:'2026-11-22'},'2026-11-22'); let b=performance.now();
await countDue(t.store,p,'2026-11-22T08:00:00.000Z'); let c=performance.now();
const q=planOf([kind],'2026-11-22'); let d=performance.now(); await previewDue(t.store,q,10,'2026-11-22T08:00:00.000Z'); let e=performance.now();
console.log(kind.kind, p.searches[0].days.length, 'plan',(b-a).toFixed(0),'sql',(c-b).toFixed(0), 'day: ', q.searches[0].days.length, 'plan',(d-c).toFixed(1),'sql',(e-d).toFixed(1));
}
await t.close();
}
main();
