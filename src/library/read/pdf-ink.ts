/** A thin horizontal stroke, in points from the lower left corner of the page. */
export interface Rule {
	readonly left: number;
	readonly right: number;
	readonly y: number;
}

/** How a page is drawn, as pdf.js lists it: numbers of operators and what they work on. */
export interface Drawing {
	readonly fnArray: readonly number[];
	readonly argsArray: readonly unknown[];
}

/** The numbers that pdf.js gives to the operators we follow. */
export interface Operators {
	readonly save: number;
	readonly restore: number;
	readonly transform: number;
	readonly constructPath: number;
	readonly paintFormXObjectBegin: number;
	readonly paintFormXObjectEnd: number;
	readonly endPath: number;
	readonly clip: number;
}

type Matrix = readonly [number, number, number, number, number, number];

/** Higher than this, what is drawn is a box and no line under words. */
const MAX_HEIGHT = 2.2;
const MIN_WIDTH = 2;
/** A page of a redline has some 100 lines; drawings beyond this are pictures. */
const MAX_RULES = 5_000;
const MAX_STACK = 100;

/** The thin horizontal lines and rectangles of a page: what underlines and strikes is made of. */
export function rulesOf(drawing: Drawing, ops: Operators): Rule[] {
	const rules: Rule[] = [];
	const stack: Matrix[] = [];
	let now: Matrix = [1, 0, 0, 1, 0, 0];
	for (let n = 0; n < drawing.fnArray.length && rules.length < MAX_RULES; n++) {
		const op = drawing.fnArray[n];
		const args = drawing.argsArray[n];
		if (op === ops.save || op === ops.paintFormXObjectBegin) {
			if (stack.length < MAX_STACK) stack.push(now);
			const matrix = op === ops.save || !Array.isArray(args) ? null : matrixOf(args[0]);
			if (matrix) now = times(now, matrix);
		} else if (op === ops.restore || op === ops.paintFormXObjectEnd) now = stack.pop() ?? now;
		else if (op === ops.transform) {
			const matrix = matrixOf(args);
			if (matrix) now = times(now, matrix);
		} else if (op === ops.constructPath && Array.isArray(args) && args[0] !== ops.endPath && args[0] !== ops.clip) {
			const path = Array.isArray(args[1]) ? args[1][0] : null;
			if (isNumbers(path)) for (const box of boxes(path, now)) if (isRule(box)) rules.push(ruleOf(box));
		}
	}
	return rules;
}

interface Box {
	left: number;
	right: number;
	low: number;
	high: number;
}

/** One box a subpath. Numbers of a path: 0 move, 1 line, 2 curve, 3 quadratic curve, 4 close, each with its points. */
function boxes(path: ArrayLike<number>, matrix: Matrix): Box[] {
	const found: Box[] = [];
	let box: Box | null = null;
	for (let at = 0; at < path.length; ) {
		const op = path[at++] as number;
		const points = [1, 1, 3, 2, 0][op];
		if (points === undefined) break;
		if (op === 0) box = null;
		for (let n = 0; n < points; n++, at += 2) {
			const [x, y] = moved(matrix, path[at] ?? 0, path[at + 1] ?? 0);
			if (box === null) {
				box = { left: x, right: x, low: y, high: y };
				found.push(box);
				continue;
			}
			box.left = Math.min(box.left, x);
			box.right = Math.max(box.right, x);
			box.low = Math.min(box.low, y);
			box.high = Math.max(box.high, y);
		}
	}
	return found;
}

function isRule({ left, right, low, high }: Box): boolean {
	return high - low <= MAX_HEIGHT && right - left >= MIN_WIDTH && right - left > (high - low) * 2;
}

function ruleOf({ left, right, low, high }: Box): Rule {
	return { left, right, y: (low + high) / 2 };
}

function matrixOf(value: unknown): Matrix | null {
	if (!isNumbers(value) || value.length !== 6) return null;
	return Array.from(value) as unknown as Matrix;
}

function isNumbers(value: unknown): value is ArrayLike<number> {
	return (Array.isArray(value) || ArrayBuffer.isView(value)) && typeof (value as unknown as number[])[0] === 'number';
}

function times(a: Matrix, b: Matrix): Matrix {
	return [
		a[0] * b[0] + a[2] * b[1],
		a[1] * b[0] + a[3] * b[1],
		a[0] * b[2] + a[2] * b[3],
		a[1] * b[2] + a[3] * b[3],
		a[0] * b[4] + a[2] * b[5] + a[4],
		a[1] * b[4] + a[3] * b[5] + a[5],
	];
}

function moved(m: Matrix, x: number, y: number): [number, number] {
	return [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]];
}
