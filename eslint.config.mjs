import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** The rules of one of the older plugin's three sets, which are written for ESLint's former config format. */
const nodesBase = (set) => ({ plugins: { 'n8n-nodes-base': n8nNodesBase }, rules: n8nNodesBase.configs[set].rules });

const { ignores, ...communityNodes } = n8nCommunityNodesPlugin.configs.recommendedWithoutN8nCloudSupport;

export default tseslint.config(
	{ ignores: ['dist/', 'node_modules/', '.demo/', 'coverage/', 'test/artefacts/', '.stryker-tmp/', ...ignores] },
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommended],
		rules: {
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			// A name left out of an object by taking it apart is no leftover.
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
			eqeqeq: 'error',
		},
	},
	{ files: ['nodes/**/*.ts', 'credentials/**/*.ts'], ...communityNodes },
	{
		files: ['package.json'],
		...communityNodes,
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: {
			...communityNodes.rules,
			// The package keeps a store, renders texts and speaks SMTP: it cannot do without libraries, and is for self-hosted n8n.
			'@n8n/community-nodes/no-runtime-dependencies': 'off',
		},
	},
	{ files: ['nodes/**/*.ts'], ...nodesBase('nodes') },
	{
		files: ['nodes/**/*.ts'],
		rules: {
			// The newer plugin asks for NodeConnectionTypes.Main where these ask for the text 'main'.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			// Without an upper end, a slip of the finger would greet a whole year's birthdays.
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		// Steps of one path that need the items of the step before; and no model may queue or send a message by itself.
		files: ['nodes/{SegmentCustomers,RolloutGate,ConsentCheck,PersonalizeMessage,QueueForApproval,SendMessage}/*.node.ts'],
		rules: { '@n8n/community-nodes/node-usable-as-tool': 'off' },
	},
	{
		// The first operation of a resource differs: not every resource can be created. The rule sees literals only.
		files: ['nodes/OpticalCrm/actions/index.ts'],
		rules: { 'n8n-nodes-base/node-param-default-missing': 'off' },
	},
	{
		// The defaults stand once, beside the rules that they belong to; the plugin sees literals only.
		files: ['nodes/{RecallDueTrigger,ProgressiveFollowUpTrigger}/*.ts'],
		rules: { 'n8n-nodes-base/node-param-default-missing': 'off', 'n8n-nodes-base/node-param-default-wrong-for-boolean': 'off' },
	},
	{
		// They serve pages of their own: there is no third party where a webhook would have to be registered.
		files: ['nodes/{StaffDeskTrigger,CustomerReplyTrigger}/*.node.ts'],
		rules: { '@n8n/community-nodes/webhook-lifecycle-complete': 'off' },
	},
	{
		// Tested by Optical CRM and by Send Message; the rule wants the test once more in each node that uses the credential.
		files: ['credentials/OpticalCrmStoreApi.credentials.ts', 'credentials/OpticalSmtpApi.credentials.ts'],
		rules: { '@n8n/community-nodes/credential-test-required': 'off' },
	},
	{ files: ['credentials/**/*.ts'], ...nodesBase('credentials') },
	{
		files: ['credentials/**/*.ts'],
		rules: {
			// Meant for n8n's own repository, where the documentation is named by a key; here it is an address.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
		},
	},
	{
		files: ['package.json'],
		...nodesBase('community'),
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
	},
);
