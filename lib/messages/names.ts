import Handlebars from 'handlebars';
import { HELPER_NAMES } from './engine';

/** Walks through a text and notes every name that is neither a declared variable nor a helper. */
class NameCheck extends Handlebars.Visitor {
	readonly problems: string[] = [];

	constructor(private readonly variables: ReadonlySet<string>) {
		super();
	}

	override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
		if (statement.params.length > 0) this.call(statement);
		else this.accept(statement.path);
	}

	override BlockStatement(block: hbs.AST.BlockStatement): void {
		this.call(block);
		this.accept(block.program);
		if (block.inverse) this.accept(block.inverse);
	}

	override SubExpression(expression: hbs.AST.SubExpression): void {
		this.call(expression);
	}

	override PathExpression(path: hbs.AST.PathExpression): void {
		if (!this.variables.has(path.original)) this.problem(path, `${path.original} is not among its variables`);
	}

	override PartialStatement(partial: hbs.AST.PartialStatement): void {
		// Parts that exist have been put in before.
		this.problem(partial, `there is no part ${(partial.name as hbs.AST.PathExpression).original ?? 'whose name is computed'}, or it includes itself`);
	}

	override PartialBlockStatement(block: hbs.AST.PartialBlockStatement): void {
		this.problem(block, 'blocks with > are not used here');
	}

	override Decorator(decorator: hbs.AST.Decorator): void {
		this.problem(decorator, 'decorators are not used here');
	}

	override DecoratorBlock(block: hbs.AST.DecoratorBlock): void {
		this.problem(block, 'decorators are not used here');
	}

	private call({ path, params, hash }: { path: hbs.AST.Expression; params: hbs.AST.Expression[]; hash?: hbs.AST.Hash }): void {
		const name = (path as hbs.AST.PathExpression).original;
		if (!HELPER_NAMES.has(name)) this.problem(path, `${name} is no helper; there are ${[...HELPER_NAMES].join(', ')}`);
		if (hash) this.problem(hash, 'helpers take no named arguments');
		this.acceptArray(params);
	}

	private problem({ loc }: hbs.AST.Node, text: string): void {
		this.problems.push(`line ${loc.start.line}: ${text}`);
	}
}

/**
 * What is wrong with a text: broken syntax, or names that its template does not declare. Handlebars' own strict mode would see some of
 * them only when a message is written, and those in the arguments of a helper never.
 */
export function problemsOfText(source: string, variables: ReadonlySet<string>): string[] {
	let program: hbs.AST.Program;
	try {
		program = Handlebars.parse(source);
	} catch (error) {
		return [(error as Error).message.replace(/\s+/g, ' ')];
	}
	const check = new NameCheck(variables);
	check.accept(program);
	return check.problems;
}
